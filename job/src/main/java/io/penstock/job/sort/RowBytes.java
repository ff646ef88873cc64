package io.penstock.job.sort;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow as they are written; numbers have their highest byte first. */
final class RowBytes {
  private static final int INITIAL = 256;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = new byte[INITIAL];
  private int length;

  static long longAt(byte[] bytes, int index) {
    return (long) LONGS.get(bytes, index);
  }

  static void putLong(byte[] bytes, int index, long value) {
    LONGS.set(bytes, index, value);
  }

  static int intAt(byte[] bytes, int index) {
    return (int) INTS.get(bytes, index);
  }

  static void putInt(byte[] bytes, int index, int value) {
    INTS.set(bytes, index, value);
  }

  void clear() {
    length = 0;
  }

  int length() {
    return length;
  }

  /** Only the first {@link #length()} count; until the next write. */
  byte[] bytes() {
    return bytes;
  }

  void put(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  void putLong(long value) {
    room(Long.BYTES);
    putLong(bytes, length, value);
    length += Long.BYTES;
  }

  void putInt(int value) {
    room(Integer.BYTES);
    putInt(bytes, length, value);
    length += Integer.BYTES;
  }

  void put(byte[] source, int from, int count) {
    room(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  private void room(int count) {
    int needed = Math.addExact(length, count);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, needed * 2L));
    }
  }
}
