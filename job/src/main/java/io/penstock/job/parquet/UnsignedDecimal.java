package io.penstock.job.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Unsigned numbers of 64 bits as Parquet and Iceberg have them: decimals of 20 digits. */
final class UnsignedDecimal {
  static final int PRECISION = 20;

  /** As few as hold all decimals of that precision, signed, the most significant byte first. */
  static final int BYTES = 9;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private UnsignedDecimal() {}

  static void put(byte[] bytes, int at, long value) {
    bytes[at] = 0;
    LONGS.set(bytes, at + 1, value);
  }

  static byte[] of(long value) {
    byte[] bytes = new byte[BYTES];
    put(bytes, 0, value);
    return bytes;
  }
}
