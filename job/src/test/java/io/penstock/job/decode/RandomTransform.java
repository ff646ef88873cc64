package io.penstock.job.decode;

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

/** Random columns of all types, time formats, ranges, defaults and null values. */
final class RandomTransform {
  static final List<TimeFormat> TIME_FORMATS =
      List.of(
          new TimeFormat.Iso8601(),
          new TimeFormat.Iso8601(),
          new TimeFormat.Epoch(TimeFormat.EpochUnit.SECONDS),
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

  RandomTransform(Random random) {
    this.random = random;
  }

  /**
   * @param common whether only to take what is usual: fields with names that need no escapes
   */
  TransformSpec transform(boolean common) {
    List<ColumnSpec> columns = new ArrayList<>();
    columns.add(column("time", ColumnType.TIMESTAMP, new ColumnSource.Field("time")));
    for (int i = random.nextInt(14); i >= 0; i--) {
      ColumnType type = pick(List.of(ColumnType.values()));
      columns.add(column("c" + i, type, common ? plainSource(i) : source(i)));
    }
    return new TransformSpec(
        new RecordFormat.NdJson(), Compression.NONE, columns, "time", nullValues());
  }

  /** No two the same, none in need of escapes. */
  private static ColumnSource plainSource(int i) {
    return new ColumnSource.Field(NAMES.get(i).replaceAll("[\"\\\\]", "."));
  }

  private ColumnSource source(int i) {
    return switch (random.nextInt(40)) {
      case 0 -> new ColumnSource.None();
      case 1 -> new ColumnSource.Position(1);
      case 2 -> new ColumnSource.Field(pick(NAMES));
      case 3 -> new ColumnSource.Field("name");
      default -> random.nextInt(4) == 0 ? new ColumnSource.Field(NAMES.get(i)) : plainSource(i);
    };
  }

  private ColumnSpec column(String name, ColumnType type, ColumnSource source) {
    boolean integer = type == ColumnType.INT32 || type == ColumnType.INT64;
    Optional<TimeFormat> format =
        type == ColumnType.TIMESTAMP ? Optional.of(pick(TIME_FORMATS)) : Optional.empty();
    Optional<IntegerRange> range =
        integer && random.nextInt(3) == 0
            ? Optional.of(new IntegerRange(random.nextInt(2) * -100L, 200))
            : Optional.empty();
    return new ColumnSpec(
        name, 1, type, source, format, range, defaultValue(type, format), nullValues());
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
      case INT32, INT64 -> Optional.of("77");
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
