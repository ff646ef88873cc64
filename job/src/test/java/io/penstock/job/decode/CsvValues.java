package io.penstock.job.decode;

import io.penstock.spec.ColumnSpec;
import io.penstock.spec.TimeFormat;
import java.util.List;
import java.util.Random;

/** Texts that some type of column takes, and some that none does. */
final class CsvValues {
  private static final List<String> EDGES =
      List.of(
          "",
          "",
          " ",
          "\\N",
          "-",
          "null",
          "0",
          "-0",
          "007",
          "+5",
          "2147483647",
          "2147483648",
          "-2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "12345678901234567890",
          "1e3",
          "1.0",
          "1.5",
          "-.5",
          "5.",
          "1e400",
          "4.9e-324",
          "0.1",
          "123456789.123456789",
          "NaN",
          "-Inf",
          "Infinity",
          "0x10",
          "1_000",
          "true",
          "false",
          "True",
          "FALSE",
          "no",
          "2026-03-01T00:07:22.216Z",
          "2026-03-01 00:07:22",
          "2026-03-01",
          "2026-02-29",
          "2026-03-01T00:07:22.123456789+05:30",
          "2026-03-01T24:00:00Z",
          "0001-01-01T00:00:00+18:00",
          "1772323646362",
          "1772323646.5",
          "01/03/2026",
          "[1,]");
  private static final List<String> JSON =
      List.of(
          "{\"a\":1}",
          "{\"a\": [1, 2.50,\"ä\"]}",
          "[]",
          "[\"\"]",
          "{\"\":\"\"}",
          "\"text\"",
          "{\"a\":\"\\u00e4\\n\"}",
          "[\"tag-11\",\"tag-8\",{\"b\":null,\"c\":true,\"d\":-1e5}]");
  private static final List<String> PIECES =
      List.of(
          "a",
          "bc",
          "def gh",
          ",",
          ";",
          "\"",
          "\"\"",
          "'",
          "\n",
          "\r\n",
          "\r",
          "\\",
          "#",
          "|",
          "\t",
          "\1",
          "ä",
          "東京",
          "\ud83d\ude00",
          "\0",
          "\u007f",
          "lorem ipsum dolor sit amet");

  private CsvValues() {}

  /** Mostly of the column's type. */
  static String of(ColumnSpec column, Random random) {
    if (random.nextInt(25) == 0) {
      return any(random);
    }
    return switch (column.type()) {
      case STRING -> text(random);
      case BOOLEAN -> List.of("true", "false", "True", "0", "1").get(random.nextInt(5));
      case INT32 -> Integer.toString(random.nextInt(1000));
      case INT64 -> column.range().isPresent() ? "1000" : integer(random);
      case UINT64 -> Long.toUnsignedString(random.nextLong() >>> random.nextInt(Long.SIZE));
      case DOUBLE -> decimal(random);
      case TIMESTAMP -> time(column.timeFormat().orElseThrow(), random);
      case JSON -> JSON.get(random.nextInt(JSON.size()));
    };
  }

  /** Of some type, or none. */
  static String any(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> text(random);
      case 1 -> integer(random);
      case 2 -> decimal(random);
      case 3 -> time(new TimeFormat.Iso8601(), random);
      default -> EDGES.get(random.nextInt(EDGES.size()));
    };
  }

  private static String integer(Random random) {
    return Long.toString(random.nextLong() >> random.nextInt(Long.SIZE));
  }

  private static String decimal(Random random) {
    return random.nextInt(4) == 0
        ? Double.toString(Double.longBitsToDouble(random.nextLong()))
        : Double.toString(random.nextInt(100_000) / 1000.0);
  }

  private static String time(TimeFormat format, Random random) {
    int month = 1 + random.nextInt(12);
    int day = 1 + random.nextInt(28);
    if (format instanceof TimeFormat.Epoch) {
      return Long.toString(1_772_323_646L + random.nextInt());
    }
    return format instanceof TimeFormat.Pattern || format instanceof TimeFormat.Go
        ? "%02d/%02d/2026".formatted(day, month)
        : "2026-%02d-%02dT%02d:07:22.%dZ"
            .formatted(month, day, random.nextInt(24), random.nextInt(1_000_000));
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
