package io.penstock.job.encode;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/** Bytes of text that is being made. Grows; of one thread. */
final class TextBuffer {
  private static final int INITIAL_BYTES = 4 * 1024;

  /** Of a long, with its sign. */
  private static final int MAX_DIGITS = 20;

  private static final int MAX_TIME_BYTES = 40;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final int DATE_BYTES = 10;

  /** Above it not every whole number is a double. */
  private static final double MAX_WHOLE = 9_007_199_254_740_992.0;

  private static final byte[] ZONE = "+00:00".getBytes(StandardCharsets.US_ASCII);
  private static final double[] TENS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int size;
  private long lastDay = Long.MIN_VALUE;
  private byte[] lastDate = {};

  int size() {
    return size;
  }

  /** Forgets what is behind. */
  void shrink(int newSize) {
    size = newSize;
  }

  byte[] bytes() {
    return bytes;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
    size = 0;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
    }
  }

  void put(byte value) {
    reserve(1);
    bytes[size++] = value;
  }

  void put(byte[] source) {
    put(source, 0, source.length);
  }

  void put(byte[] source, int from, int count) {
    reserve(count);
    System.arraycopy(source, from, bytes, size, count);
    size += count;
  }

  void putAscii(String text) {
    put(text.getBytes(StandardCharsets.US_ASCII));
  }

  void putUnsigned(long value) {
    if (value >= 0) {
      putLong(value);
    } else {
      putAscii(Long.toUnsignedString(value));
    }
  }

  void putLong(long value) {
    reserve(MAX_DIGITS);
    if (value == Long.MIN_VALUE) {
      putAscii(Long.toString(value));
      return;
    }
    long rest = value;
    if (rest < 0) {
      bytes[size++] = '-';
      rest = -rest;
    }
    int end = size + digits(rest);
    for (int at = end - 1; at >= size; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size = end;
  }

  private static int digits(long value) {
    int digits = 1;
    for (long bound = 10; value >= bound; bound *= 10) {
      digits++;
      if (digits == MAX_DIGITS - 1) {
        break;
      }
    }
    return digits;
  }

  /** So that reading it gives exactly the same; with a point or an exponent. */
  void putDouble(double value) {
    double size = Math.abs(value);
    if (size < MAX_WHOLE && (value != 0 || 1 / value > 0)) {
      for (int places = 0; places < TENS.length; places++) {
        double scaled = size * TENS[places];
        // Both are exact, so their quotient is rounded as reading the text is.
        if (scaled < MAX_WHOLE && scaled == (long) scaled && scaled / TENS[places] == size) {
          putFixed(value < 0, (long) scaled, places);
          return;
        }
      }
    }
    putAscii(Double.toString(value));
  }

  private void putFixed(boolean negative, long scaled, int places) {
    if (negative) {
      put((byte) '-');
    }
    long unit = (long) TENS[places];
    putLong(scaled / unit);
    put((byte) '.');
    if (places == 0) {
      put((byte) '0');
    } else {
      putPadded(scaled % unit, places);
    }
  }

  private void putPadded(long value, int width) {
    reserve(width);
    long rest = value;
    for (int at = size + width - 1; at >= size; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += width;
  }

  /** As {@code 2023-04-25T13:30:00.123456+00:00}, without a fraction where it is zero. */
  void putTime(long micros) {
    reserve(MAX_TIME_BYTES);
    long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
    long fraction = Math.floorMod(micros, MICROS_PER_SECOND);
    long day = Math.floorDiv(seconds, SECONDS_PER_DAY);
    int second = (int) Math.floorMod(seconds, SECONDS_PER_DAY);
    if (day != lastDay) {
      lastDate = LocalDate.ofEpochDay(day).toString().getBytes(StandardCharsets.US_ASCII);
      lastDay = day;
    }
    if (lastDate.length == DATE_BYTES) {
      System.arraycopy(lastDate, 0, bytes, size, DATE_BYTES);
      size += DATE_BYTES;
    } else {
      put(lastDate);
    }
    bytes[size++] = 'T';
    putPadded(second / 3600, 2);
    bytes[size++] = ':';
    putPadded(second / 60 % 60, 2);
    bytes[size++] = ':';
    putPadded(second % 60, 2);
    if (fraction != 0) {
      bytes[size++] = '.';
      putPadded(fraction, 6);
    }
    put(ZONE);
  }
}
