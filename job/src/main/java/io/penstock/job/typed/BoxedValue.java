package io.penstock.job.typed;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;

/**
 * Takes a value as an object, for what it is nested in: null, {@link Long}, {@link Double}, {@link
 * Float}, {@link Boolean}, {@link BigDecimal}, {@link String}, {@link Instant}, {@link LocalDate},
 * {@link LocalTime}, {@link RawJson}, UTF-8 as an array of bytes, or a {@link List} or {@link Map}
 * of such objects.
 */
public final class BoxedValue implements ValueTarget {
  private Object value;

  /** JSON that is not looked into. */
  public record RawJson(String text) {}

  /** What has been taken since the last call. */
  public Object take() {
    Object taken = value;
    value = null;
    return taken;
  }

  /** Puts an object to where values go; null is left out. */
  public static void put(Object boxed, ValueTarget target, int row) {
    if (boxed instanceof Long whole) {
      target.whole(row, whole);
    } else if (boxed instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      target.text(row, bytes, 0, bytes.length);
    } else if (boxed instanceof byte[] bytes) {
      target.text(row, bytes, 0, bytes.length);
    } else if (boxed instanceof Double floating) {
      target.floating(row, floating);
    } else if (boxed instanceof Float single) {
      target.single(row, single);
    } else if (boxed instanceof Boolean truth) {
      target.truth(row, truth);
    } else if (boxed instanceof BigDecimal decimal) {
      target.decimal(row, decimal);
    } else if (boxed instanceof Instant instant) {
      target.instant(row, instant);
    } else if (boxed instanceof LocalDate day) {
      target.day(row, day);
    } else if (boxed instanceof LocalTime time) {
      target.timeOfDay(row, time, time.toNanoOfDay() / 1_000_000);
    } else if (boxed instanceof RawJson json) {
      target.json(row, json.text());
    } else if (boxed != null) {
      target.nested(row, boxed);
    }
  }

  /** Appends compact JSON. What JSON has no number for is a string. */
  static void append(StringBuilder json, Object boxed) {
    if (boxed instanceof Map<?, ?> map) {
      json.append('{');
      String separator = "";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.append(separator);
        quote(json, String.valueOf(entry.getKey()));
        json.append(':');
        append(json, entry.getValue());
        separator = ",";
      }
      json.append('}');
    } else if (boxed instanceof List<?> list) {
      json.append('[');
      String separator = "";
      for (Object element : list) {
        json.append(separator);
        append(json, element);
        separator = ",";
      }
      json.append(']');
    } else if (boxed instanceof RawJson raw) {
      appendRaw(json, raw.text());
    } else if (isBare(boxed)) {
      json.append(boxed instanceof BigDecimal decimal ? plain(decimal) : boxed);
    } else if (boxed instanceof byte[] bytes) {
      quote(json, new String(bytes, StandardCharsets.UTF_8));
    } else {
      quote(json, boxed.toString());
    }
  }

  /** What the file wrongly calls JSON is text. */
  private static void appendRaw(StringBuilder json, String text) {
    JsonTexts.compact(text).ifPresentOrElse(json::append, () -> quote(json, text));
  }

  private static boolean isBare(Object boxed) {
    return boxed == null
        || boxed instanceof Long
        || boxed instanceof Boolean
        || boxed instanceof BigDecimal
        || (boxed instanceof Double floating && Double.isFinite(floating))
        || (boxed instanceof Float single && Float.isFinite(single));
  }

  static void quote(StringBuilder json, String text) {
    json.append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, json);
    json.append('"');
  }

  /** All digits, unless that would be very many zeros. */
  static String plain(BigDecimal decimal) {
    return Math.abs((long) decimal.scale()) > 1_000 ? decimal.toString() : decimal.toPlainString();
  }

  @Override
  public void whole(int row, long newValue) {
    value = newValue;
  }

  @Override
  public void floating(int row, double newValue) {
    value = newValue;
  }

  @Override
  public void single(int row, float newValue) {
    value = newValue;
  }

  @Override
  public void truth(int row, boolean newValue) {
    value = newValue;
  }

  @Override
  public void decimal(int row, BigDecimal newValue) {
    value = newValue;
  }

  /** Bytes that are not UTF-8 become replacement characters. */
  @Override
  public void text(int row, byte[] bytes, int from, int length) {
    value = new String(bytes, from, length, StandardCharsets.UTF_8);
  }

  @Override
  public void instant(int row, Instant newValue) {
    value = newValue;
  }

  @Override
  public void day(int row, LocalDate newValue) {
    value = newValue;
  }

  @Override
  public void timeOfDay(int row, LocalTime newValue, long stored) {
    value = newValue;
  }

  @Override
  public void json(int row, String text) {
    value = new RawJson(text);
  }

  @Override
  public void nested(int row, Object newValue) {
    value = newValue;
  }
}
