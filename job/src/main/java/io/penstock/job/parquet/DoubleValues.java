package io.penstock.job.parquet;

/** Doubles. Equal bits are equal values, so that each zero and NaN stays what it is. */
final class DoubleValues implements ColumnValues {
  private final long[] numbers;
  private final NumberColumn column;
  private final DoubleRange range = new DoubleRange();
  private final DoubleRange fileRange = new DoubleRange();

  DoubleValues(FileBuffers buffers, Workspace workspace) {
    this.numbers = workspace.numbers();
    this.column = new NumberColumn(buffers, workspace, Double.BYTES);
  }

  @Override
  public int append(ColumnArrays arrays, int[] rows, int count) {
    double[] doubles = arrays.doubles;
    for (int i = 0; i < count; i++) {
      numbers[i] = Double.doubleToRawLongBits(doubles[rows[i]]);
    }
    int taken = column.append(numbers, count);
    for (int i = 0; i < taken; i++) {
      range.add(doubles[rows[i]]);
    }
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
