package io.penstock.bench.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes being put together. Used again and again by one thread. */
final class Bytes {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[1024];
  private int length;

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  Bytes put(int one) {
    room(1);
    bytes[length++] = (byte) one;
    return this;
  }

  Bytes add(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  Bytes add(Bytes more) {
    room(more.length);
    System.arraycopy(more.bytes, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  Bytes add(long number) {
    if (number < 0) {
      put('-');
      return add(-number);
    }
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    return padded(number, digits);
  }

  /** Exactly so many digits. */
  Bytes padded(long number, int digits) {
    room(digits);
    long rest = number;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  /** The number divided by a power of ten, with that many decimals. */
  Bytes decimal(long number, int decimals) {
    long unit = 1;
    for (int i = 0; i < decimals; i++) {
      unit *= 10;
    }
    if (number < 0) {
      put('-');
    }
    long size = Math.abs(number);
    return add(size / unit).put('.').padded(size % unit, decimals);
  }

  Bytes hex(long number) {
    room(16);
    for (int shift = 60; shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(int) (number >>> shift) & 15];
    }
    return this;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
