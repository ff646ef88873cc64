package io.penstock.job.decode;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.TimeFormat;
import java.util.List;

/** Reads {@code TIMESTAMP}. */
final class TimestampReader extends ColumnReader {
  private final TimeParser parser;
  private final boolean numbersToo;

  TimestampReader(ColumnSpec column, List<String> nullValues, ColumnVector vector) {
    super(column, nullValues, vector);
    TimeFormat format = column.timeFormat().orElseThrow();
    TimeParser unlimited = TimeParser.of(format);
    this.parser =
        column
            .effectiveRules()
            .timeLimits()
            .map(limits -> TimeParser.limited(unlimited, limits))
            .orElse(unlimited);
    this.numbersToo = !(format instanceof TimeFormat.Iso8601);
  }

  @Override
  boolean read(FieldKind kind, byte[] bytes, int from, int to, int row) {
    if (isNull(kind, bytes, from, to)) {
      absent(row);
      return true;
    }
    boolean usual =
        kind == FieldKind.STRING
            || kind == FieldKind.TEXT
            || (kind == FieldKind.NUMBER && numbersToo);
    long micros = usual ? parser.micros(bytes, from, to) : TimeParser.UNKNOWN;
    if (micros == TimeParser.UNKNOWN) {
      return exactly(kind, bytes, from, to, row);
    }
    vector.setLong(row, micros);
    return true;
  }
}
