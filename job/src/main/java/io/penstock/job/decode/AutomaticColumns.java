package io.penstock.job.decode;

import io.penstock.spec.AutomaticValue;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.TransformSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The columns whose values are not in the record, and those values. One for each thread. */
final class AutomaticColumns {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final List<ColumnSpec> columns;
  private final int[] indexes;
  private final InstantSource clock;
  private String object = "";
  private Instant opened = Instant.EPOCH;

  AutomaticColumns(TransformSpec transform, InstantSource clock) {
    this.columns = transform.convertedColumns();
    this.indexes =
        IntStream.range(0, columns.size())
            .filter(i -> columns.get(i).source() instanceof ColumnSource.Automatic)
            .toArray();
    this.clock = clock;
  }

  boolean isEmpty() {
    return indexes.length == 0;
  }

  void objectStarted(String url) {
    object = url;
    opened = clock.instant();
  }

  /** Gives them to the columns of a record that is decoded exactly. */
  void put(Fields fields) {
    for (int i : indexes) {
      fields.set(i, FieldKind.TEXT, text(i));
    }
  }

  /**
   * Gives them to the columns of a record that was read quickly.
   *
   * @param readers one for each column
   * @return false if one is not of its column's type
   */
  boolean read(ColumnReader[] readers, int row) {
    for (int i : indexes) {
      byte[] text = text(i).getBytes(StandardCharsets.UTF_8);
      byte[] padded = Arrays.copyOf(text, text.length + Words.PADDING);
      if (!readers[i].read(FieldKind.TEXT, padded, 0, text.length, row)) {
        return false;
      }
    }
    return true;
  }

  private String text(int column) {
    AutomaticValue value = ((ColumnSource.Automatic) columns.get(column).source()).value();
    boolean number =
        switch (columns.get(column).type()) {
          case INT32, INT64, UINT64, DOUBLE -> true;
          case STRING, BOOLEAN, TIMESTAMP, JSON -> false;
        };
    return switch (value) {
      case CURRENT_TIME -> seconds(clock.instant(), number);
      case CURRENT_TIME_MILLIS -> millis(clock.instant(), number);
      case RECEIVE_TIME -> seconds(opened, number);
      case RECEIVE_TIME_MILLIS -> millis(opened, number);
      case INPUT_FILENAME ->
          columns.get(column).type() == ColumnType.JSON ? CompactJson.quoted(object) : object;
    };
  }

  private static String seconds(Instant time, boolean number) {
    return number ? Long.toString(time.getEpochSecond()) : SECONDS.format(time);
  }

  private static String millis(Instant time, boolean number) {
    return number ? Long.toString(time.toEpochMilli()) : MILLIS.format(time);
  }
}
