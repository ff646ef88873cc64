package io.penstock.job.decode;

import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Random JSON records for a transform. */
final class RandomJson {
  private final Random random;
  private final RandomValues values;

  /** Nothing that has to be decoded exactly: sound values of the columns' types only. */
  private final boolean common;

  RandomJson(Random random, boolean common) {
    this.random = random;
    this.values = new RandomValues(random);
    this.common = common;
  }

  String record(TransformSpec transform) {
    List<String> fields = new ArrayList<>();
    for (ColumnSpec column : transform.columns()) {
      boolean time = column.name().equals(transform.timeColumn());
      if (column.source() instanceof ColumnSource.Field field
          && ((common && time) || random.nextInt(time ? 30 : 8) != 0)) {
        fields.add(name(field.name()) + blank() + ":" + blank() + value(column, time));
      }
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      fields.add(
          name("other" + random.nextInt(random.nextBoolean() ? 3 : 5000)) + ":" + anything(3));
    }
    if (!common && random.nextInt(20) == 0 && !fields.isEmpty()) {
      fields.add(pick(fields));
    }
    if (random.nextInt(3) == 0) {
      Collections.shuffle(fields, random);
    }
    return blank() + "{" + blank() + String.join(blank() + "," + blank(), fields) + "}" + blank();
  }

  private String name(String name) {
    String escaped = name.replace("\\", "\\\\").replace("\"", "\\\"");
    return !common && random.nextInt(150) == 0 && !name.isEmpty()
        ? "\"\\u%04x".formatted((int) name.charAt(0)) + escaped.substring(1) + "\""
        : "\"" + escaped + "\"";
  }

  String blank() {
    return random.nextInt(10) != 0 ? "" : pick(List.of(" ", "\t", "  ", "\r", " \t "));
  }

  private String value(ColumnSpec column, boolean time) {
    if (!common && random.nextInt(60) == 0) {
      return anything(3);
    }
    if (random.nextInt(time ? 30 : 10) == 0 && !(common && time)) {
      return "null";
    }
    return switch (column.type()) {
      case STRING -> random.nextInt(4) == 0 ? anything(2) : string();
      case JSON -> anything(4);
      case BOOLEAN ->
          pick(List.of("true", "false", "true", "0", "1", "\"false\"", "\"no\"", "2.5"));
      case INT32, INT64, UINT64 ->
          quotedSometimes(
              common
                  ? Integer.toString(random.nextInt(200))
                  : random.nextInt(8) != 0
                      ? Integer.toString(random.nextInt(150))
                      : random.nextInt(4) == 0 ? values.decimal() : values.integer());
      case DOUBLE ->
          common ? Double.toString(random.nextGaussian()) : quotedSometimes(values.decimal());
      case TIMESTAMP -> timestamp(column.timeFormat().orElseThrow());
    };
  }

  private String timestamp(TimeFormat format) {
    if (format instanceof TimeFormat.Epoch epoch) {
      return quotedSometimes(common ? commonEpoch(epoch.unit()) : values.epoch());
    }
    if (format instanceof TimeFormat.Pattern pattern) {
      return quoted(
          common && !pattern.pattern().isEmpty()
              ? commonTime(pattern.pattern())
              : spoiltSometimes(values.patterned(pattern.pattern())));
    }
    if (format instanceof TimeFormat.Go go) {
      String pattern = RandomRules.GO_LAYOUTS.get(go.layout());
      return quoted(common ? commonTime(pattern) : spoiltSometimes(values.patterned(pattern)));
    }
    return quoted(
        common ? commonTime("uuuu-MM-dd'T'HH:mm:ss.SSSXXX") : spoiltSometimes(values.iso()));
  }

  private static String commonEpoch(TimeFormat.EpochUnit unit) {
    return switch (unit) {
      case SECONDS -> "1770000000.5";
      case CENTISECONDS -> "177000000000.5";
      case MILLISECONDS -> "1770000000000";
      case MICROSECONDS -> "1770000000000000";
      case NANOSECONDS -> "1770000000000000000";
    };
  }

  private String commonTime(String pattern) {
    return OffsetDateTime.of(
            2026,
            1 + random.nextInt(12),
            1 + random.nextInt(28),
            random.nextInt(24),
            5,
            6,
            random.nextInt(1000) * 1_000_000,
            ZoneOffset.ofHours(random.nextInt(3)))
        .format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
  }

  private String spoiltSometimes(String text) {
    return random.nextInt(40) == 0 ? values.spoilt(text) : text;
  }

  private String quotedSometimes(String text) {
    return random.nextInt(6) == 0 ? quoted(text) : text;
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private String string() {
    StringBuilder text = new StringBuilder("\"");
    int length = random.nextInt(random.nextInt(8) == 0 ? 100 : 14);
    boolean plain = random.nextInt(3) != 0;
    for (int i = 0; i < length; i++) {
      switch (plain ? 11 : random.nextInt(14)) {
        case 0 ->
            text.append(pick(List.of("\\n", "\\\"", "\\\\", "\\/", "\\t", "\\b", "\\f", "\\r")));
        case 1 -> text.append("\\u%04X".formatted(random.nextInt(0xd800)));
        case 2 -> text.append("\\u%04x".formatted(random.nextInt(0x100)));
        case 3 -> text.append("\\ud83d\\ude00");
        case 4 ->
            text.append(
                common || random.nextInt(30) != 0
                    ? "\\ud800\\udc00"
                    : pick(List.of("\\ud800", "\\udfff", "\\ud83d\\u0041")));
        case 5 -> text.append("ä€");
        case 6 -> text.append("😀");
        default -> text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return text.append('"').toString();
  }

  private String anything(int depth) {
    if (!common && random.nextInt(200) == 0) {
      return extreme();
    }
    return switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0 -> "null";
      case 1 -> Boolean.toString(random.nextBoolean());
      case 2 -> common ? Integer.toString(random.nextInt(200)) : values.decimal();
      case 3, 4, 5 -> string();
      case 6 -> {
        List<String> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(blank() + anything(depth - 1) + blank());
        }
        yield "[" + blank() + String.join(",", items) + "]";
      }
      default -> {
        List<String> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(string() + blank() + ":" + blank() + anything(depth - 1));
        }
        yield "{" + blank() + String.join(blank() + "," + blank(), items) + "}";
      }
    };
  }

  /** About what there is a limit to, here or there. */
  private String extreme() {
    int depth = random.nextInt(4) == 0 ? 490 + random.nextInt(20) : 55 + random.nextInt(15);
    return switch (random.nextInt(5)) {
      case 0 -> "[".repeat(depth) + "]".repeat(depth);
      case 1 -> "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
      case 2 -> "1".repeat(290 + random.nextInt(20));
      case 3 -> "0." + "1".repeat(990 + random.nextInt(20));
      default -> "{\"" + "k".repeat(random.nextInt(50) == 0 ? 70_000 : 300) + "\":1}";
    };
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
