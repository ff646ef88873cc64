package io.penstock.job.decode;

import io.penstock.job.record.RecordScanner;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.RejectedRow;

/** Where the rows of a batch come from, for those that are rejected later. */
final class RowOrigins {
  private static final RecordScanner LINES = new RecordScanner.Lines();

  private final String[] objects = new String[RowBatch.CAPACITY];
  private final long[] lines = new long[RowBatch.CAPACITY];
  private final long[] byteOffsets = new long[RowBatch.CAPACITY];
  private final int[] starts = new int[RowBatch.CAPACITY];
  private final int[] ends = new int[RowBatch.CAPACITY];

  /**
   * @param from in the block, of the row's record
   * @param end behind the record's line end
   */
  void set(int row, String object, long line, long byteOffset, int from, int end) {
    objects[row] = object;
    lines[row] = line;
    byteOffsets[row] = byteOffset;
    starts[row] = from;
    ends[row] = end;
  }

  /** Puts the record's bytes back as they were. */
  RejectedRow rejected(int row, RowRejected why, byte[] block, Edits edits) {
    int from = starts[row];
    int end = ends[row];
    edits.undo(block, from, end);
    int to = LINES.contentEnd(block, from, end);
    return Rejects.row(objects[row], lines[row], byteOffsets[row], why, block, from, to);
  }
}
