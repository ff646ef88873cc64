package io.penstock.job.decode;

import io.penstock.spec.ColumnRules;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.IntegerRange;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.RowRules;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Random columns of all types, time formats, ranges, defaults and null values. */
final class RandomTransform {
  private static final List<TimeFormat> USUAL_FORMATS =
      List.of(
          new TimeFormat.Iso8601(),
          new TimeFormat.Iso8601(),
          new TimeFormat.Epoch(TimeFormat.EpochUnit.SECONDS),
          new TimeFormat.Epoch(TimeFormat.EpochUnit.CENTISECONDS),
          new TimeFormat.Epoch(TimeFormat.EpochUnit.MILLISECONDS),
          new TimeFormat.Epoch(TimeFormat.EpochUnit.MICROSECONDS),
          new TimeFormat.Epoch(TimeFormat.EpochUnit.NANOSECONDS),
          new TimeFormat.Pattern("uuuu-MM-dd HH:mm:ss"),
          new TimeFormat.Pattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX"),
          new TimeFormat.Pattern("uuuuMMddHHmmss"),
          new TimeFormat.Pattern("uuuuMMddHHmmssSSS"),
          new TimeFormat.Pattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSXX"),
          new TimeFormat.Pattern("dd.MM.uuuu, HH:mm:ss,S Z"),
          new TimeFormat.Pattern("ddMMMuuuuHHmmssxxx"),
          new TimeFormat.Pattern("uuuu''MM'o''c'dd"),
          new TimeFormat.Pattern("dd/MMM/uuuu:HH:mm:ss xx"),
          new TimeFormat.Pattern("MM/dd/uuuu HH:mm"),
          new TimeFormat.Pattern("uuuu-MM-dd"),
          new TimeFormat.Pattern("uuuu-MM-dd h:mm a"));

  static final List<TimeFormat> TIME_FORMATS = timeFormats();
  private static final List<String> NAMES =
      List.of(
          "a",
          "id",
          "name",
          "status",
          "eightbyt",
          "sevenby",
          "ninebytes",
          "user_agent_family",
          "http_request_header_content_type",
          "http_request_header_content_size",
          "größe",
          "日本",
          "with \"quotes\"",
          "back\\slash",
          "");
  private static final List<String> NULL_TEXTS = List.of("-", "null", "", "N/A", "0", "ä", "~~~~");

  private final Random random;
  private final RandomRules rules;

  RandomTransform(Random random) {
    this.random = random;
    this.rules = new RandomRules(random);
  }

  private static List<TimeFormat> timeFormats() {
    List<TimeFormat> formats = new ArrayList<>(USUAL_FORMATS);
    RandomRules.GO_LAYOUTS.keySet().stream()
        .sorted()
        .forEach(layout -> formats.add(new TimeFormat.Go(layout)));
    formats.add(RandomRules.GROUPS);
    return List.copyOf(formats);
  }

  /**
   * @param common whether only to take what is usual: fields with names that need no escapes
   */
  TransformSpec transform(boolean common) {
    boolean ruled = !common && random.nextInt(3) == 0;
    boolean searched = ruled && random.nextInt(3) == 0;
    List<ColumnSpec> columns = new ArrayList<>();
    columns.add(column("time", ColumnType.TIMESTAMP, new ColumnSource.Field("time"), common));
    for (int i = random.nextInt(14); i >= 0; i--) {
      ColumnType type = pick(List.of(ColumnType.values()));
      columns.add(column("c" + i, type, common ? plainSource(i) : source(i, searched), common));
    }
    List<ColumnSpec> unstored =
        ruled && random.nextInt(3) == 0
            ? List.of(column("u", pick(List.of(ColumnType.values())), source(3, false), false))
            : List.of();
    Optional<RowRules> ofRows =
        ruled ? Optional.of(rules.rowRules(columns, unstored)) : Optional.empty();
    ofRows.ifPresent(given -> columns.replaceAll(column -> RandomRules.sourceless(column, given)));
    return new TransformSpec(
        new RecordFormat.NdJson(), Compression.NONE, columns, "time", nullValues(), ofRows);
  }

  /** No two the same, none in need of escapes. */
  private static ColumnSource plainSource(int i) {
    return new ColumnSource.Field(NAMES.get(i).replaceAll("[\"\\\\]", "."));
  }

  private ColumnSource source(int i, boolean searched) {
    if (searched && random.nextInt(3) == 0) {
      return rules.source();
    }
    return switch (random.nextInt(40)) {
      case 0 -> new ColumnSource.None();
      case 1 -> new ColumnSource.Position(1);
      case 2 -> new ColumnSource.Field(pick(NAMES));
      case 3 -> new ColumnSource.Field("name");
      case 4 -> rules.automatic();
      default -> random.nextInt(4) == 0 ? new ColumnSource.Field(NAMES.get(i)) : plainSource(i);
    };
  }

  private ColumnSpec column(String name, ColumnType type, ColumnSource source, boolean common) {
    boolean integer = type == ColumnType.INT32 || type == ColumnType.INT64;
    Optional<TimeFormat> format =
        type == ColumnType.TIMESTAMP ? Optional.of(format(common)) : Optional.empty();
    Optional<IntegerRange> range =
        integer && random.nextInt(3) == 0
            ? Optional.of(new IntegerRange(random.nextInt(2) * -100L, 200))
            : Optional.empty();
    Optional<ColumnRules> ofColumn = common ? Optional.empty() : rules.rules(type, nullValues());
    boolean ofElements = ofColumn.flatMap(ColumnRules::elements).isPresent();
    return new ColumnSpec(
        name,
        1,
        type,
        source,
        format,
        range,
        ofElements ? Optional.empty() : defaultValue(type, format),
        nullValues(),
        ofColumn);
  }

  private TimeFormat format(boolean common) {
    TimeFormat format = pick(TIME_FORMATS);
    return common && format.equals(RandomRules.GROUPS) ? new TimeFormat.Iso8601() : format;
  }

  private Optional<String> defaultValue(ColumnType type, Optional<TimeFormat> format) {
    if (random.nextInt(4) != 0) {
      return Optional.empty();
    }
    return switch (type) {
      case STRING -> Optional.of("some default");
      case JSON -> Optional.of("{\"a\": 1}");
      case DOUBLE -> Optional.of("1.25");
      case BOOLEAN -> Optional.of("true");
      case INT32, INT64, UINT64 -> Optional.of("77");
      case TIMESTAMP ->
          format.orElseThrow() instanceof TimeFormat.Epoch ? Optional.of("0") : Optional.empty();
    };
  }

  private List<String> nullValues() {
    return random.nextInt(3) == 0 ? List.of(pick(NULL_TEXTS), pick(NULL_TEXTS)) : List.of();
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
