package io.penstock.job.decode;

import io.penstock.spec.ColumnRules;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.IntegerRange;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Transforms with columns of all types and settings. */
final class CsvColumns {
  private static final List<TimeFormat> TIMES =
      List.of(
          new TimeFormat.Iso8601(),
          new TimeFormat.Iso8601(),
          new TimeFormat.Epoch(TimeFormat.EpochUnit.SECONDS),
          new TimeFormat.Epoch(TimeFormat.EpochUnit.MILLISECONDS),
          new TimeFormat.Epoch(TimeFormat.EpochUnit.NANOSECONDS),
          new TimeFormat.Epoch(TimeFormat.EpochUnit.CENTISECONDS),
          new TimeFormat.Go("02/01/2006"),
          new TimeFormat.Pattern("dd/MM/uuuu"));
  private static final List<String> NULLS = List.of("\\N", "-", "null", "NULL", "0", " ", "ä");

  private final Random random;
  private final int width;

  private CsvColumns(Random random, int width) {
    this.random = random;
    this.width = width;
  }

  /**
   * @param width of the records; some columns are not among them
   */
  static TransformSpec transform(Random random, RecordFormat format, int width) {
    CsvColumns columns = new CsvColumns(random, width);
    List<ColumnSpec> all = new ArrayList<>();
    all.add(columns.column("at", ColumnType.TIMESTAMP));
    for (int i = random.nextInt(width + 2); i > 0; i--) {
      ColumnType[] types = ColumnType.values();
      all.add(columns.column("c" + i, types[random.nextInt(types.length)]));
    }
    return new TransformSpec(format, Compression.NONE, all, "at", columns.nulls());
  }

  private ColumnSpec column(String name, ColumnType type) {
    boolean isInteger = type == ColumnType.INT32 || type == ColumnType.INT64;
    Optional<TimeFormat> time =
        type == ColumnType.TIMESTAMP
            ? Optional.of(TIMES.get(random.nextInt(TIMES.size())))
            : Optional.empty();
    boolean hasDefault = random.nextInt(3) == 0 || name.equals("at");
    Optional<ColumnRules> rules = new RandomRules(random).rules(type, nulls());
    boolean ofElements = rules.flatMap(ColumnRules::elements).isPresent();
    hasDefault &= !ofElements;
    return new ColumnSpec(
        name,
        1,
        type,
        source(),
        time,
        isInteger && random.nextInt(3) == 0
            ? Optional.of(new IntegerRange(random.nextBoolean() ? -128 : 0, 1000))
            : Optional.empty(),
        hasDefault && random.nextInt(4) > 0 ? Optional.of(defaultOf(type, time)) : Optional.empty(),
        random.nextInt(3) == 0 ? nulls() : List.of(),
        rules);
  }

  private ColumnSource source() {
    int field = random.nextInt(width + 1);
    return switch (random.nextInt(9)) {
      case 0 -> new ColumnSource.None();
      case 1, 2, 3 -> new ColumnSource.Field("h" + field);
      default -> new ColumnSource.Position(field);
    };
  }

  private static String defaultOf(ColumnType type, Optional<TimeFormat> time) {
    return switch (type) {
      case STRING -> "by default ä";
      case BOOLEAN -> "true";
      case INT32, INT64, UINT64 -> "7";
      case DOUBLE -> "-1.5";
      case JSON -> "{ \"a\": [] }";
      case TIMESTAMP ->
          time.orElseThrow() instanceof TimeFormat.Epoch
              ? "1772323646"
              : time.orElseThrow() instanceof TimeFormat.Iso8601 ? "2026-03-01" : "01/03/2026";
    };
  }

  private List<String> nulls() {
    List<String> nulls = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      nulls.add(NULLS.get(random.nextInt(NULLS.size())));
    }
    return nulls;
  }
}
