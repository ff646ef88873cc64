package io.penstock.job.parquet;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnType;

/**
 * The texts that a task's rows have had so far, by column and with a number each, as far as they
 * come again and again. Where a batch goes to many files in short runs, its texts are looked up
 * here once, in tables that stay in the cache; what is held back for a file and found in its
 * dictionary is then a number.
 *
 * <p>Pages hold the same without it. For one thread.
 */
public final class KnownTexts {
  /** Of a column; each open file has as many places. */
  private static final int MAX_TEXTS = 2048;

  private static final int MAX_LENGTH = 1024;

  /** After so many texts it is asked whether at least half of them were known. */
  private static final int TRIED = 4096;

  private final Workspace workspace;
  private Column[] columns = {};
  private RowBatch batch;

  KnownTexts(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * Looks up a batch's texts, which pays where its rows go to files in short runs; to be followed
   * by {@link #endBatch}. Does nothing if that has been done.
   *
   * @param stored columns that are written, the first ones
   */
  public void beginBatch(RowBatch rows, int stored) {
    if (rows == batch) {
      return;
    }
    batch = rows;
    if (columns.length != stored) {
      columns = new Column[stored];
    }
    for (int c = 0; c < stored; c++) {
      ColumnVector vector = rows.column(c);
      if (vector.type() == ColumnType.STRING || vector.type() == ColumnType.JSON) {
        columns[c] = columns[c] == null ? new Column(workspace) : columns[c];
        columns[c].lookUp(vector, rows);
      }
    }
  }

  /** The batch's arrays may change from now on. */
  public void endBatch() {
    batch = null;
  }

  /** Nothing is known any more. No file may be open that was given rows. */
  void forget() {
    for (Column column : columns) {
      if (column != null) {
        column.forget();
      }
    }
  }

  /** By row, the numbers of a column's texts, or -1; null if none of them is known. */
  int[] numbers(RowBatch rows, int column) {
    return rows == batch && columns[column] != null && columns[column].worthIt
        ? columns[column].numbers
        : null;
  }

  /** Of a column some of whose texts have numbers; null for all others. */
  Column column(int index) {
    return index < columns.length ? columns[index] : null;
  }

  /** One column's texts. */
  static final class Column {
    private final Workspace workspace;
    private final TextTable table;
    private final int[] numbers = new int[RowBatch.CAPACITY];
    private final int[] starts = new int[MAX_TEXTS];
    private final int[] lengths = new int[MAX_TEXTS];
    private boolean worthIt = true;
    private int tried;
    private int found;

    Column(Workspace workspace) {
      this.workspace = workspace;
      this.table = new TextTable(new FileBuffers(workspace.pool()), workspace);
    }

    /** What {@link #start} and {@link #length} point into, as long as nothing is looked up. */
    byte[] text() {
      return table.entries().bytes();
    }

    int start(int number) {
      return starts[number];
    }

    int length(int number) {
      return lengths[number];
    }

    private void lookUp(ColumnVector vector, RowBatch rows) {
      if (!worthIt) {
        return;
      }
      int[] present = workspace.rows();
      int count = present(vector.nulls(), rows, present);
      byte[] text = vector.text();
      table.prepare(text, vector.starts(), vector.lengths(), present, 0, count);
      int added = 0;
      int unknown = 0;
      for (int i = 0; i < count; i++) {
        int row = present[i];
        int length = vector.lengths()[row];
        int limit = length <= MAX_LENGTH ? MAX_TEXTS : 0;
        int size = table.size();
        int end = table.entries().size();
        int number = table.find(i, text, vector.starts()[row], length, limit);
        if (number == size) {
          starts[number] = end + Integer.BYTES;
          lengths[number] = length;
          added++;
        }
        numbers[row] = number;
        unknown += number < 0 ? 1 : 0;
      }
      judge(count, count - added - unknown);
    }

    private static int present(boolean[] isNull, RowBatch rows, int[] present) {
      int[] selected = rows.selected();
      int count = 0;
      for (int i = 0; i < rows.selectedRows(); i++) {
        present[count] = selected[i];
        count += isNull[selected[i]] ? 0 : 1;
      }
      return count;
    }

    private void judge(int more, int moreFound) {
      tried += more;
      found += moreFound;
      if (tried >= TRIED) {
        worthIt = found * 2 >= tried;
        tried = 0;
        found = 0;
      }
    }

    private void forget() {
      table.clear();
      worthIt = true;
      tried = 0;
      found = 0;
    }
  }
}
