package io.penstock.job.parquet;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnStatistics;
import io.penstock.spec.ColumnType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.RowGroup;

/**
 * The row group that a file's rows are added to, one after the other. Where it ends depends on the
 * rows only, not on how they were cut into calls.
 */
final class OpenRowGroup {
  private static final int MAX_ROWS = 1 << 20;

  /** Whether it is full is seen when so many rows or so much text has been added. */
  private static final int CHECKED_ROWS = 4096;

  private static final long CHECKED_TEXT_BYTES = 8L * 1024 * 1024;

  /** Held back are at most as many bytes, and a quarter of what is encoded where that is less. */
  private static final long MAX_STAGED_BYTES = 256L * 1024;

  private static final long MIN_STAGED_BYTES = 32L * 1024;

  private final Workspace workspace;
  private final StagedRows staged;
  private final ColumnEncoder[] encoders;
  private final int[] textColumns;
  private final long maxBytes;
  private long rows;
  private long uncheckedTextBytes;
  private long maxStagedBytes = MIN_STAGED_BYTES;

  /**
   * @param maxBytes encoded, at which it is full
   */
  OpenRowGroup(
      List<ColumnSpec> columns, PageCompressor compressor, FileBuffers buffers, long maxBytes) {
    this.workspace = compressor.workspace();
    this.staged = new StagedRows(columns, buffers, workspace);
    this.encoders =
        columns.stream()
            .map(column -> new ColumnEncoder(column, compressor, buffers))
            .toArray(ColumnEncoder[]::new);
    this.textColumns =
        IntStream.range(0, encoders.length).filter(c -> isText(columns.get(c))).toArray();
    this.maxBytes = maxBytes;
  }

  private static boolean isText(ColumnSpec column) {
    return column.type() == ColumnType.STRING || column.type() == ColumnType.JSON;
  }

  long rows() {
    return rows;
  }

  /**
   * Appends rows until {@link #isFull} must be asked.
   *
   * @return the index of the first row that was not appended
   */
  int append(RowBatch batch, int[] selected, int from, int to) throws IOException {
    int untilCheck = CHECKED_ROWS - (int) (rows % CHECKED_ROWS);
    int end = Math.min(to, from + Math.min(RowBatch.CAPACITY, untilCheck));
    long added = textBytes(batch, selected, from, end);
    if (uncheckedTextBytes + added >= CHECKED_TEXT_BYTES) {
      added = 0;
      end = from;
      while (uncheckedTextBytes + added < CHECKED_TEXT_BYTES) {
        added += textBytes(batch, selected, end, end + 1);
        end++;
      }
    }
    appendRun(batch, selected, from, end, added);
    uncheckedTextBytes += added;
    rows += end - from;
    return end;
  }

  private long textBytes(RowBatch batch, int[] selected, int from, int to) {
    long bytes = 0;
    for (int c : textColumns) {
      ColumnVector vector = batch.column(c);
      boolean[] isNull = vector.nulls();
      int[] lengths = vector.lengths();
      for (int i = from; i < to; i++) {
        int row = selected[i];
        bytes += isNull[row] ? 0 : lengths[row];
      }
    }
    return bytes;
  }

  private void appendRun(RowBatch batch, int[] selected, int from, int to, long textBytes)
      throws IOException {
    if (to - from < ParquetFile.LONG_RUN && staged.add(batch, selected, from, to, textBytes)) {
      if (staged.bytes() >= maxStagedBytes) {
        staged.drainTo(encoders);
        maxStagedBytes = Math.max(MIN_STAGED_BYTES, Math.min(MAX_STAGED_BYTES, encodedBytes() / 4));
      }
      return;
    }
    staged.drainTo(encoders);
    for (int c = 0; c < encoders.length; c++) {
      encoders[c].append(workspace.view(batch.column(c)), selected, from, to);
    }
  }

  /** To be asked after each {@link #append}. */
  boolean isFull() throws IOException {
    if (rows % CHECKED_ROWS != 0 && uncheckedTextBytes < CHECKED_TEXT_BYTES) {
      return false;
    }
    uncheckedTextBytes = 0;
    staged.drainTo(encoders);
    return encodedBytes() >= maxBytes || rows >= MAX_ROWS;
  }

  private long encodedBytes() {
    long bytes = 0;
    for (ColumnEncoder encoder : encoders) {
      bytes += encoder.encodedBytes();
    }
    return bytes;
  }

  /**
   * Writes it; then it is the next one, and empty.
   *
   * @param ordinal its number in the file
   * @return what the footer says of it
   */
  RowGroup writeTo(CountedOutput out, int ordinal) throws IOException {
    staged.drainTo(encoders);
    long begin = out.count();
    List<ColumnChunk> chunks = new ArrayList<>();
    long uncompressed = 0;
    for (ColumnEncoder encoder : encoders) {
      ColumnChunk chunk = encoder.endRowGroup(out.count(), out);
      uncompressed += chunk.getMeta_data().getTotal_uncompressed_size();
      chunks.add(chunk);
    }
    RowGroup written =
        new RowGroup(chunks, uncompressed, rows)
            .setFile_offset(begin)
            .setTotal_compressed_size(out.count() - begin)
            .setOrdinal((short) ordinal);
    rows = 0;
    uncheckedTextBytes = 0;
    maxStagedBytes = MIN_STAGED_BYTES;
    return written;
  }

  /** Of the row groups that have been written. */
  List<ColumnStatistics> statistics() {
    return Arrays.stream(encoders).map(ColumnEncoder::fileStatistics).toList();
  }
}
