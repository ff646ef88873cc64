package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.expression.ScalarFunction;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Functions of text. Places and counts are of UTF-16 units; where text is ASCII they are of its
 * bytes, and a part of it is not copied.
 */
final class Texts {
  /** No function makes longer text. */
  static final int MAX_UNITS = 1_000_000;

  private Texts() {}

  static RowFunction of(ScalarFunction function) {
    return switch (function) {
      case CONCAT -> Texts::concat;
      case LENGTH -> Texts::length;
      case LOWER -> (a, row, result, losses) -> Values.set(result, row, lower(a[0], row));
      case UPPER ->
          (a, row, result, losses) ->
              Values.set(result, row, Values.text(a[0], row).toUpperCase(Locale.ROOT));
      case REVERSE ->
          (a, row, result, losses) ->
              Values.set(
                  result, row, new StringBuilder(Values.text(a[0], row)).reverse().toString());
      case REPEAT -> Texts::repeat;
      case SUBSTRING -> Texts::substring;
      case LEFT -> Texts::left;
      case RIGHT -> Texts::right;
      case LPAD -> (a, row, result, losses) -> pad(true, a, row, result, losses);
      case RPAD -> (a, row, result, losses) -> pad(false, a, row, result, losses);
      case BTRIM -> (a, row, result, losses) -> trim(true, true, a, row, result);
      case LTRIM -> (a, row, result, losses) -> trim(true, false, a, row, result);
      case RTRIM -> (a, row, result, losses) -> trim(false, true, a, row, result);
      case STRPOS -> Texts::position;
      case REPLACE -> Texts::replace;
      case CONTAINS_STRING ->
          (a, row, result, losses) ->
              Values.set(result, row, Values.text(a[0], row).contains(Values.text(a[1], row)));
      case ICONTAINS_STRING ->
          (a, row, result, losses) ->
              Values.set(result, row, lower(a[0], row).contains(lower(a[1], row)));
      case DECODE_BASE64_UTF8 -> Texts::decodeBase64;
      default -> throw new IllegalArgumentException("not of text: " + function);
    };
  }

  private static String lower(ColumnVector values, int row) {
    return Values.text(values, row).toLowerCase(Locale.ROOT);
  }

  private static void concat(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    int bytes = 0;
    for (ColumnVector part : a) {
      bytes += part.textLength(row);
    }
    byte[] whole = new byte[bytes];
    int end = 0;
    for (ColumnVector part : a) {
      System.arraycopy(part.text(), part.textStart(row), whole, end, part.textLength(row));
      end += part.textLength(row);
    }
    result.setText(row, whole, 0, end);
  }

  private static boolean isAscii(ColumnVector values, int row) {
    byte[] bytes = values.text();
    int from = values.textStart(row);
    for (int i = from; i < from + values.textLength(row); i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private static int units(ColumnVector values, int row) {
    return isAscii(values, row) ? values.textLength(row) : Values.text(values, row).length();
  }

  private static void length(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    result.setLong(row, units(a[0], row));
  }

  private static void repeat(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    long times = a[1].longAt(row);
    String text = Values.text(a[0], row);
    if (times < 1) {
      result.setNull(row);
    } else if (text.length() > 0 && times > MAX_UNITS / text.length()) {
      tooLong(row, losses);
    } else {
      Values.set(result, row, text.isEmpty() ? "" : text.repeat((int) times));
    }
  }

  private static void tooLong(int row, Losses losses) {
    losses.add(row, Loss.ERROR, "text of more than " + MAX_UNITS + " characters");
  }

  /** Sets a part, from 0, of the first argument. */
  private static void part(ColumnVector[] a, int row, ColumnVector result, long from, long to) {
    if (isAscii(a[0], row)) {
      result.setText(row, a[0].text(), a[0].textStart(row) + (int) from, (int) (to - from));
    } else {
      Values.set(result, row, Values.text(a[0], row).substring((int) from, (int) to));
    }
  }

  private static void substring(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    long start = a[1].longAt(row);
    long length = a.length > 2 ? a[2].longAt(row) : Long.MAX_VALUE;
    if (start < 1 || length < 1) {
      losses.add(row, Loss.ERROR, "SUBSTRING from " + start + " for " + length);
      return;
    }
    int units = units(a[0], row);
    if (start > units) {
      result.setNull(row);
      return;
    }
    part(a, row, result, start - 1, length > units - start ? units : start - 1 + length);
  }

  private static void left(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    long count = a[1].longAt(row);
    if (count < 0) {
      losses.add(row, Loss.ERROR, "LEFT of " + count + " characters");
    } else {
      part(a, row, result, 0, Math.min(count, units(a[0], row)));
    }
  }

  private static void right(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    long count = a[1].longAt(row);
    if (count < 0) {
      losses.add(row, Loss.ERROR, "RIGHT of " + count + " characters");
    } else {
      int units = units(a[0], row);
      part(a, row, result, units - Math.min(count, units), units);
    }
  }

  private static void pad(
      boolean left, ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    long length = a[1].longAt(row);
    String text = Values.text(a[0], row);
    String pad = a.length > 2 ? Values.text(a[2], row) : " ";
    if (length < 0) {
      losses.add(row, Loss.ERROR, "padding to " + length + " characters");
      return;
    }
    if (length > MAX_UNITS) {
      tooLong(row, losses);
      return;
    }
    int wanted = (int) length;
    if (text.length() >= wanted) {
      Values.set(result, row, text.substring(0, wanted));
      return;
    }
    if (pad.isEmpty()) {
      Values.set(result, row, text);
      return;
    }
    int missing = wanted - text.length();
    String padding = pad.repeat(missing / pad.length() + 1).substring(0, missing);
    Values.set(result, row, left ? padding + text : text + padding);
  }

  private static void trim(
      boolean left, boolean right, ColumnVector[] a, int row, ColumnVector result) {
    String text = Values.text(a[0], row);
    String characters = a.length > 1 ? Values.text(a[1], row) : " ";
    int from = 0;
    int to = text.length();
    while (left && from < to && characters.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (right && from < to && characters.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    if (from == 0 && to == text.length()) {
      result.setText(row, a[0].text(), a[0].textStart(row), a[0].textLength(row));
    } else {
      part(a, row, result, from, to);
    }
  }

  private static void position(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    long from = a.length > 2 ? Math.max(1, a[2].longAt(row)) : 1;
    String text = Values.text(a[0], row);
    result.setLong(
        row,
        from > text.length() + 1L ? 0 : text.indexOf(Values.text(a[1], row), (int) from - 1) + 1L);
  }

  private static void replace(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    String text = Values.text(a[0], row);
    String sought = Values.text(a[1], row);
    String made = Values.text(a[2], row);
    if (sought.isEmpty()) {
      Values.set(result, row, text);
    } else if ((long) text.length() / sought.length() * made.length() > MAX_UNITS) {
      tooLong(row, losses);
    } else {
      Values.set(result, row, text.replace(sought, made));
    }
  }

  private static void decodeBase64(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    try {
      byte[] bytes = Base64.getDecoder().decode(Values.text(a[0], row));
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      result.setText(row, bytes, 0, bytes.length);
    } catch (IllegalArgumentException | CharacterCodingException e) {
      losses.add(row, Loss.ERROR, "not the base64 of UTF-8 text");
    }
  }
}
