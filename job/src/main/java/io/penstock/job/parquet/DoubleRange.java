package io.penstock.job.parquet;

import java.util.Optional;

/** Doubles; not-a-number is only counted. */
final class DoubleRange implements ValueRange {
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private long nans;

  void add(double value) {
    // Both comparisons are false for a NaN.
    if (value < min) {
      min = value;
    }
    if (value > max) {
      max = value;
    }
    if (Double.isNaN(value)) {
      nans++;
    }
  }

  void add(DoubleRange other) {
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    nans += other.nans;
  }

  void clear() {
    min = Double.POSITIVE_INFINITY;
    max = Double.NEGATIVE_INFINITY;
    nans = 0;
  }

  @Override
  public boolean isEmpty() {
    return min > max;
  }

  @Override
  public long nans() {
    return nans;
  }

  /** A lower zero is negative, so that it is below every zero. */
  private double lowest() {
    return min == 0 ? -0.0 : min;
  }

  private double highest() {
    return max == 0 ? 0.0 : max;
  }

  @Override
  public String lower() {
    return Double.toString(lowest());
  }

  @Override
  public Optional<String> upper() {
    return Optional.of(Double.toString(highest()));
  }

  @Override
  public byte[] lowerBytes() {
    return LittleEndian.ofLong(Double.doubleToRawLongBits(lowest()));
  }

  @Override
  public Optional<byte[]> upperBytes() {
    return Optional.of(LittleEndian.ofLong(Double.doubleToRawLongBits(highest())));
  }
}
