package io.penstock.job.scan;

import io.penstock.job.compress.UnreadableException;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;

/** The different values of a column in a row group, and the pages that name them by their place. */
final class Dictionary {
  private final boolean isText;
  private final boolean isDouble;
  private final byte[] block;
  private final int[] starts;
  private final int[] lengths;
  private final long[] longs;
  private final double[] doubles;
  private final int size;

  Dictionary(FileColumn column, byte[] page, int count) throws UnreadableException {
    if (count < 0 || count > page.length) {
      throw new UnreadableException("a dictionary cannot have %d values".formatted(count), null);
    }
    this.size = count;
    this.block = page;
    this.isText = column.stored() == FileColumn.Stored.BYTES;
    this.isDouble =
        column.stored() == FileColumn.Stored.DOUBLE || column.stored() == FileColumn.Stored.FLOAT;
    this.starts = new int[isText ? count : 0];
    this.lengths = new int[isText ? count : 0];
    this.longs = new long[isText || isDouble ? 0 : count];
    this.doubles = new double[isDouble ? count : 0];
    if (isText) {
      readTexts();
    } else {
      readNumbers(column);
    }
  }

  private void readTexts() throws UnreadableException {
    PlainTexts texts = new PlainTexts(block, 0, block.length);
    for (int i = 0; i < size; i++) {
      lengths[i] = texts.length();
      starts[i] = texts.place();
      texts.skip(lengths[i]);
    }
  }

  private void readNumbers(FileColumn column) throws UnreadableException {
    PlainValues values = new PlainValues(column.stored(), block, 0, block.length);
    ColumnVector some = new ColumnVector(column.column().type());
    int[] rows = new int[RowBatch.CAPACITY];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i;
    }
    for (int from = 0; from < size; from += rows.length) {
      int count = Math.min(rows.length, size - from);
      values.read(some, rows, count);
      if (isDouble) {
        System.arraycopy(some.doubles(), 0, doubles, from, count);
      } else {
        System.arraycopy(some.longs(), 0, longs, from, count);
      }
    }
  }

  /** The values of a page of places. */
  PageValues page(byte[] bytes, int from, int end) throws UnreadableException {
    if (from >= end) {
      // A page of nulls alone may have nothing at all.
      return new Places(new RunsAndBits(bytes, end, end, 0));
    }
    return new Places(new RunsAndBits(bytes, from + 1, end, bytes[from]));
  }

  /** Places in the dictionary. */
  private final class Places implements PageValues {
    private final RunsAndBits places;
    private final int[] ids = new int[RowBatch.CAPACITY];

    Places(RunsAndBits places) {
      this.places = places;
    }

    @Override
    public byte[] block() {
      return isText ? block : NO_BLOCK;
    }

    @Override
    public void read(ColumnVector vector, int[] rows, int count) throws UnreadableException {
      places.read(ids, count);
      for (int i = 0; i < count; i++) {
        if (ids[i] < 0 || ids[i] >= size) {
          throw new UnreadableException(
              "place %d of a dictionary of %d".formatted(ids[i], size), null);
        }
      }
      if (isText) {
        for (int i = 0; i < count; i++) {
          vector.setText(rows[i], block, starts[ids[i]], lengths[ids[i]]);
        }
      } else if (isDouble) {
        for (int i = 0; i < count; i++) {
          vector.setDouble(rows[i], doubles[ids[i]]);
        }
      } else {
        for (int i = 0; i < count; i++) {
          vector.setLong(rows[i], longs[ids[i]]);
        }
      }
    }
  }
}
