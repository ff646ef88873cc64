package io.penstock.job.parquet;

import io.penstock.spec.ColumnType;
import java.util.Optional;

/**
 * Integers, timestamps, and booleans as 0 and 1. Unsigned integers with their first bit the other
 * way round, which gives them the order of signed ones.
 */
final class LongRange implements ValueRange {
  private final ColumnType type;
  private long min = Long.MAX_VALUE;
  private long max = Long.MIN_VALUE;

  LongRange(ColumnType type) {
    this.type = type;
  }

  void add(long[] values, int count) {
    long low = min;
    long high = max;
    for (int i = 0; i < count; i++) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
    min = low;
    max = high;
  }

  void add(LongRange other) {
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
  }

  void clear() {
    min = Long.MAX_VALUE;
    max = Long.MIN_VALUE;
  }

  @Override
  public boolean isEmpty() {
    return min > max;
  }

  @Override
  public String lower() {
    return text(min);
  }

  @Override
  public Optional<String> upper() {
    return Optional.of(text(max));
  }

  private String text(long value) {
    return switch (type) {
      case BOOLEAN -> Boolean.toString(value != 0);
      case UINT64 -> Long.toUnsignedString(value ^ Long.MIN_VALUE);
      default -> Long.toString(value);
    };
  }

  @Override
  public byte[] lowerBytes() {
    return plain(min);
  }

  @Override
  public Optional<byte[]> upperBytes() {
    return Optional.of(plain(max));
  }

  private byte[] plain(long value) {
    return switch (type) {
      case BOOLEAN -> new byte[] {(byte) value};
      case INT32 -> LittleEndian.ofInt((int) value);
      case INT64, TIMESTAMP -> LittleEndian.ofLong(value);
      case UINT64 -> UnsignedDecimal.of(value ^ Long.MIN_VALUE);
      case DOUBLE, STRING, JSON -> throw new IllegalStateException(type + " is no integer");
    };
  }
}
