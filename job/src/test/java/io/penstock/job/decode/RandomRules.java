package io.penstock.job.decode;

import io.penstock.spec.AutomaticValue;
import io.penstock.spec.ColumnRules;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Elements;
import io.penstock.spec.RowRules;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TimeLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Random rules for columns and rows, and sources that are not one field. */
final class RandomRules {
  /** Go layouts, and patterns of java.time that write the like. */
  static final Map<String, String> GO_LAYOUTS =
      Map.of(
          "2006-01-02 15:04:05", "uuuu-MM-dd HH:mm:ss",
          "2006-01-02T15:04:05.999Z07:00", "uuuu-MM-dd'T'HH:mm:ss.SSSXXX",
          "02/Jan/2006:15:04:05 -0700", "dd/MMM/uuuu:HH:mm:ss xx",
          "20060102", "uuuuMMdd",
          "Jan _2, 2006 3:04:05.000 PM", "MMM ppd, uuuu h:mm:ss.SSS a");

  static final TimeFormat GROUPS =
      new TimeFormat.Groups("(?P<year>\\d+)-(?P<month>\\d\\d)-(?P<day>\\d+)");

  private final Random random;

  RandomRules(Random random) {
    this.random = random;
  }

  Optional<ColumnRules> rules(ColumnType type, List<String> nullValues) {
    if (random.nextInt(3) != 0) {
      return Optional.empty();
    }
    return Optional.of(
        new ColumnRules(
            random.nextInt(3) == 0,
            random.nextBoolean(),
            type == ColumnType.TIMESTAMP && random.nextBoolean()
                ? Optional.of(limits())
                : Optional.empty(),
            type == ColumnType.JSON && random.nextBoolean()
                ? Optional.of(elements(nullValues, 2))
                : Optional.empty()));
  }

  private TimeLimits limits() {
    return new TimeLimits(
        pick(List.of(TimeLimits.Precision.values())),
        Instant.parse(random.nextBoolean() ? "1970-01-01T00:00:00Z" : "1900-01-01T00:00:00Z"),
        Instant.parse("2106-02-07T06:28:15.999999Z"),
        random.nextInt(6) == 0);
  }

  private Elements elements(List<String> nullValues, int depth) {
    return random.nextBoolean()
        ? new Elements.Array(element(nullValues, depth))
        : new Elements.Map(element(List.of(), 0), element(nullValues, depth));
  }

  private ColumnSpec element(List<String> nullValues, int depth) {
    ColumnType type =
        pick(
            List.of(
                ColumnType.STRING,
                ColumnType.STRING,
                ColumnType.STRING,
                ColumnType.DOUBLE,
                ColumnType.BOOLEAN,
                ColumnType.INT64,
                ColumnType.JSON));
    return new ColumnSpec(
        "element",
        0,
        type,
        new ColumnSource.None(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        nullValues,
        Optional.of(
            new ColumnRules(
                random.nextBoolean(),
                true,
                Optional.empty(),
                type == ColumnType.JSON && depth > 0
                    ? Optional.of(elements(nullValues, depth - 1))
                    : Optional.empty())));
  }

  /** With the columns, of which the first is that of time. */
  RowRules rowRules(List<ColumnSpec> columns, List<ColumnSpec> unstored) {
    List<String> texts = new ArrayList<>();
    for (ColumnSpec column : columns.subList(1, columns.size())) {
      if (column.type() == ColumnType.STRING || column.type() == ColumnType.JSON) {
        texts.add(column.name());
      }
    }
    Optional<String> all =
        texts.isEmpty() || random.nextInt(3) != 0
            ? Optional.empty()
            : Optional.of(texts.remove(random.nextInt(texts.size())));
    Optional<String> rejects =
        texts.isEmpty() || random.nextInt(2) != 0 ? Optional.empty() : Optional.of(pick(texts));
    return new RowRules(unstored, List.of(new ColumnSource.Field("other0")), all, rejects);
  }

  /** Without a source, if it is one that catches. */
  static ColumnSpec sourceless(ColumnSpec column, RowRules rules) {
    Optional<String> name = Optional.of(column.name());
    if (!name.equals(rules.catchAll()) && !name.equals(rules.catchRejects())) {
      return column;
    }
    return new ColumnSpec(
        column.name(),
        column.fieldId(),
        column.type(),
        new ColumnSource.None(),
        column.timeFormat(),
        column.range(),
        column.defaultValue(),
        column.nullValues(),
        column.rules());
  }

  ColumnSource source() {
    return switch (random.nextInt(3)) {
      case 0 -> new ColumnSource.FirstField(List.of("other1", "name", "a"));
      case 1 -> new ColumnSource.Pointers(List.of("/a/0", "/name/a/b", "/other1", ""));
      default -> automatic();
    };
  }

  ColumnSource automatic() {
    return new ColumnSource.Automatic(pick(List.of(AutomaticValue.values())));
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
