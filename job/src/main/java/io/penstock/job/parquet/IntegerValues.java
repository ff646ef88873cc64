package io.penstock.job.parquet;

import io.penstock.spec.ColumnType;

/** Integers and timestamps. */
final class IntegerValues implements ColumnValues {
  private final long[] numbers;
  private final boolean unsigned;
  private final NumberColumn column;
  private final LongRange range;
  private final LongRange fileRange;

  IntegerValues(ColumnType type, FileBuffers buffers, Workspace workspace) {
    this.numbers = workspace.numbers();
    this.unsigned = type == ColumnType.UINT64;
    this.column =
        unsigned
            ? NumberColumn.unsigned(buffers, workspace)
            : new NumberColumn(
                buffers, workspace, type == ColumnType.INT32 ? Integer.BYTES : Long.BYTES);
    this.range = new LongRange(type);
    this.fileRange = new LongRange(type);
  }

  @Override
  public int append(ColumnArrays arrays, int[] rows, int count) {
    long[] longs = arrays.longs;
    for (int i = 0; i < count; i++) {
      numbers[i] = longs[rows[i]];
    }
    int taken = column.append(numbers, count);
    if (unsigned) {
      for (int i = 0; i < taken; i++) {
        numbers[i] ^= Long.MIN_VALUE;
      }
    }
    range.add(numbers, taken);
    return taken;
  }

  @Override
  public PageBytes endPage(GrowingBytes levels) {
    return column.endPage(levels);
  }

  @Override
  public int dictionarySize() {
    return column.dictionarySize();
  }

  @Override
  public GrowingBytes dictionary() {
    return column.dictionary();
  }

  @Override
  public long encodedBytes() {
    return column.encodedBytes();
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
    column.endRowGroup();
  }
}
