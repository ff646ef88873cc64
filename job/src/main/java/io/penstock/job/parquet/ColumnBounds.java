package io.penstock.job.parquet;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnStatistics;
import io.penstock.spec.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Counts a column's values and keeps their smallest and largest. Mutable; of one file or part. */
final class ColumnBounds {
  private final ColumnSpec column;
  private long values;
  private long nulls;
  private long nans;
  private long minLong = Long.MAX_VALUE;
  private long maxLong = Long.MIN_VALUE;
  private double minDouble = Double.POSITIVE_INFINITY;
  private double maxDouble = Double.NEGATIVE_INFINITY;
  private byte[] minText;
  private byte[] maxText;

  ColumnBounds(ColumnSpec column) {
    this.column = column;
  }

  void add(ColumnVector vector, int row) {
    values++;
    if (vector.isNull(row)) {
      nulls++;
      return;
    }
    switch (column.type()) {
      case STRING, JSON -> addText(vector.text(), vector.textStart(row), vector.textLength(row));
      case DOUBLE -> addDouble(vector.doubleAt(row));
      case BOOLEAN, INT32, INT64, TIMESTAMP -> {
        minLong = Math.min(minLong, vector.longAt(row));
        maxLong = Math.max(maxLong, vector.longAt(row));
      }
    }
  }

  private void addDouble(double value) {
    if (Double.isNaN(value)) {
      nans++;
    } else {
      minDouble = Math.min(minDouble, value);
      maxDouble = Math.max(maxDouble, value);
    }
  }

  private void addText(byte[] bytes, int start, int length) {
    int end = start + length;
    if (minText == null
        || Arrays.compareUnsigned(bytes, start, end, minText, 0, minText.length) < 0) {
      minText = Arrays.copyOfRange(bytes, start, end);
    }
    if (maxText == null
        || Arrays.compareUnsigned(bytes, start, end, maxText, 0, maxText.length) > 0) {
      maxText = Arrays.copyOfRange(bytes, start, end);
    }
  }

  void merge(ColumnBounds other) {
    values += other.values;
    nulls += other.nulls;
    nans += other.nans;
    minLong = Math.min(minLong, other.minLong);
    maxLong = Math.max(maxLong, other.maxLong);
    minDouble = Math.min(minDouble, other.minDouble);
    maxDouble = Math.max(maxDouble, other.maxDouble);
    if (other.minText != null) {
      addText(other.minText, 0, other.minText.length);
      addText(other.maxText, 0, other.maxText.length);
    }
  }

  ColumnType type() {
    return column.type();
  }

  long values() {
    return values;
  }

  long nulls() {
    return nulls;
  }

  /** Whether there is anything between bounds. */
  boolean bounded() {
    return values > nulls + nans;
  }

  long minLong() {
    return minLong;
  }

  long maxLong() {
    return maxLong;
  }

  /** Zero is negative here, so that it is below every zero. */
  double minDouble() {
    return minDouble == 0 ? -0.0 : minDouble;
  }

  double maxDouble() {
    return maxDouble == 0 ? 0.0 : maxDouble;
  }

  /** Not above any text; whole if it is short. */
  String minText() {
    return TextBounds.lower(new String(minText, StandardCharsets.UTF_8));
  }

  /** Not below any text; empty if no short one is. */
  Optional<String> maxText() {
    return TextBounds.upper(new String(maxText, StandardCharsets.UTF_8));
  }

  ColumnStatistics toStatistics(long storedBytes) {
    return new ColumnStatistics(
        column.fieldId(),
        values,
        nulls,
        nans,
        storedBytes,
        bounded() ? Optional.of(lower()) : Optional.empty(),
        bounded() ? upper() : Optional.empty());
  }

  private String lower() {
    return switch (column.type()) {
      case BOOLEAN -> Boolean.toString(minLong != 0);
      case INT32, INT64, TIMESTAMP -> Long.toString(minLong);
      case DOUBLE -> Double.toString(minDouble());
      case STRING, JSON -> minText();
    };
  }

  private Optional<String> upper() {
    return switch (column.type()) {
      case BOOLEAN -> Optional.of(Boolean.toString(maxLong != 0));
      case INT32, INT64, TIMESTAMP -> Optional.of(Long.toString(maxLong));
      case DOUBLE -> Optional.of(Double.toString(maxDouble()));
      case STRING, JSON -> maxText();
    };
  }
}
