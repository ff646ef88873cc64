package io.penstock.job.expression;

import io.penstock.job.record.RowBatch;

/** Rows of a batch, ascending. */
final class Rows {
  private int[] rows;
  private int count;

  Rows() {
    this(new int[RowBatch.CAPACITY], 0);
  }

  Rows(int[] rows, int count) {
    this.rows = rows;
    this.count = count;
  }

  int[] rows() {
    return rows;
  }

  int count() {
    return count;
  }

  int at(int index) {
    return rows[index];
  }

  void clear() {
    count = 0;
  }

  void add(int row) {
    rows[count++] = row;
  }

  /** Shows another selection from now on, without copying it. */
  void show(int[] selected, int selectedCount) {
    rows = selected;
    count = selectedCount;
  }
}
