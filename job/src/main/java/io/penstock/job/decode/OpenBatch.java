package io.penstock.job.decode;

import io.penstock.job.record.RowBatch;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TransformSpec;

/** The batch that rows are being added to. When it is full, or asked to, it is finished. */
final class OpenBatch {
  private static final int MAX_BYTES = 512 * 1024;
  private static final int MAX_REJECTS = 64;

  private final RowBatch rows;
  private final Edits edits;
  private final BatchFinish finish;
  private final LiveCounts live;
  private final int timeColumn;
  private final RowOrigins origins = new RowOrigins();
  private byte[] block = {};
  private int bytes;

  OpenBatch(
      TransformSpec transform, RowBatch rows, Edits edits, BatchFinish finish, LiveCounts live) {
    this.rows = rows;
    this.edits = edits;
    this.finish = finish;
    this.live = live;
    this.timeColumn = transform.timeColumnIndex();
  }

  /** The index of the next row. */
  int row() {
    return rows.rows();
  }

  /** Whether a record without a time cannot become a row: no step may give it one. */
  boolean lacksTime() {
    return finish.isPlain() && rows.column(timeColumn).isNull(rows.rows());
  }

  /** Why a row without a time is rejected. */
  RowRejected noTime() {
    return finish.noTime();
  }

  /** The record between {@code from} and {@code end} has become a row. */
  void endRow(String object, long line, long byteOffset, int from, int end) {
    if (finish.isPlain()) {
      edits.forget();
    } else {
      origins.set(rows.rows(), object, line, byteOffset, from, end);
    }
    rows.endRow();
    bytes += end - from;
    if (rows.rows() == RowBatch.CAPACITY || bytes >= MAX_BYTES) {
      flush();
    }
  }

  /** Values that were set for the next row are void. */
  void clearRow() {
    rows.clearRow();
  }

  void reject(RejectedRow row) {
    live.rowsRejected++;
    rows.rejects().add(row);
    bytes += Rejects.BYTES_EACH;
    if (rows.rejects().size() >= MAX_REJECTS) {
      flush();
    }
  }

  /** Hands the rows over, if there are any, and begins anew in the same block. */
  void flush() {
    finish.finish(rows, (row, why) -> origins.rejected(row, why, block, edits));
    begin(block);
  }

  /**
   * Begins anew; rows not handed over are void.
   *
   * @param newBlock that the next rows are in
   */
  void begin(byte[] newBlock) {
    block = newBlock;
    bytes = 0;
    edits.forget();
    rows.clear(newBlock);
  }
}
