package io.penstock.job.parquet;

import io.penstock.spec.ColumnType;
import org.apache.parquet.format.Encoding;

/** Booleans, one bit each. */
final class BooleanValues implements ColumnValues {
  private final long[] numbers;
  private final GrowingBytes bits;
  private final LongRange range = new LongRange(ColumnType.BOOLEAN);
  private final LongRange fileRange = new LongRange(ColumnType.BOOLEAN);
  private int count;

  BooleanValues(FileBuffers buffers, Workspace workspace) {
    this.numbers = workspace.numbers();
    this.bits = new GrowingBytes(buffers);
  }

  @Override
  public int append(ColumnArrays arrays, int[] rows, int more) {
    long[] longs = arrays.longs;
    int size = (count + more + 7) >> 3;
    byte[] bytes = bits.reserve(size - bits.size());
    int eight = (count & 7) == 0 ? 0 : bytes[count >> 3];
    for (int i = 0; i < more; i++) {
      long value = longs[rows[i]];
      numbers[i] = value;
      eight |= (value != 0 ? 1 : 0) << (count & 7);
      if ((count & 7) == 7) {
        bytes[count >> 3] = (byte) eight;
        eight = 0;
      }
      count++;
    }
    if ((count & 7) != 0) {
      bytes[count >> 3] = (byte) eight;
    }
    bits.resize(size);
    range.add(numbers, more);
    return more;
  }

  @Override
  public PageBytes endPage(GrowingBytes levels) {
    levels.put(bits);
    bits.resize(0);
    count = 0;
    return PageBytes.of(levels, Encoding.PLAIN);
  }

  @Override
  public int dictionarySize() {
    return 0;
  }

  @Override
  public GrowingBytes dictionary() {
    throw new IllegalStateException("booleans have no dictionary");
  }

  @Override
  public long encodedBytes() {
    return bits.size();
  }

  @Override
  public ValueRange range() {
    return range;
  }

  @Override
  public ValueRange fileRange() {
    return fileRange;
  }

  @Override
  public void endRowGroup() {
    fileRange.add(range);
    range.clear();
    bits.release();
  }
}
