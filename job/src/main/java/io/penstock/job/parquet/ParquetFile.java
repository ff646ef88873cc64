package io.penstock.job.parquet;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnStatistics;
import io.penstock.spec.ColumnType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * A Parquet file being written. The same rows in the same order always give the same bytes, however
 * they are cut into batches. Rows are held until a row group is full or the file is finished;
 * nothing is written before. A file that is given up needs no closing.
 */
public final class ParquetFile {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int FORMAT_VERSION = 1;
  private static final String CREATED_BY = "Penstock version 0.1.0 (build 0)";
  private static final long ROW_GROUP_BYTES = 64L * 1024 * 1024;
  private static final int ROW_GROUP_ROWS = 1 << 20;

  /** Whether a row group is full is seen when so many rows or so much text has been added. */
  private static final int CHECKED_ROWS = 4096;

  private static final long CHECKED_TEXT_BYTES = 8L * 1024 * 1024;

  private final ParquetSchema schema;
  private final FileBuffers buffers;
  private final CountedOutput out;
  private final long rowGroupBytes;
  private final List<RowGroup> rowGroups = new ArrayList<>();
  private final List<Long> rowGroupOffsets = new ArrayList<>();
  private final ColumnEncoder[] encoders;
  private final int[] textColumns;

  private long rows;
  private long groupRows;
  private long uncheckedTextBytes;

  /**
   * @param compressor shared by the files of one thread
   * @param out is not closed
   */
  public ParquetFile(List<ColumnSpec> columns, PageCompressor compressor, OutputStream out) {
    this(columns, compressor, out, ROW_GROUP_BYTES);
  }

  ParquetFile(
      List<ColumnSpec> columns, PageCompressor compressor, OutputStream out, long rowGroupBytes) {
    this.rowGroupBytes = rowGroupBytes;
    this.schema = new ParquetSchema(columns);
    this.buffers = new FileBuffers(compressor.workspace().pool());
    this.out = new CountedOutput(out);
    this.encoders = new ColumnEncoder[columns.size()];
    for (int c = 0; c < encoders.length; c++) {
      encoders[c] = new ColumnEncoder(columns.get(c), compressor, buffers);
    }
    this.textColumns =
        IntStream.range(0, encoders.length).filter(c -> isText(columns.get(c))).toArray();
  }

  private static boolean isText(ColumnSpec column) {
    return column.type() == ColumnType.STRING || column.type() == ColumnType.JSON;
  }

  /** What a finished file is. */
  public record Finished(long rows, List<Long> rowGroupOffsets, List<ColumnStatistics> columns) {}

  public long rows() {
    return rows;
  }

  /** Heap that the file holds. */
  public long bufferedBytes() {
    return buffers.heldBytes();
  }

  /** Appends some of a batch's rows, in the order given. */
  public void append(RowBatch batch, int[] selected, int from, int to) throws IOException {
    int next = from;
    while (next < to) {
      int untilCheck = CHECKED_ROWS - (int) (groupRows % CHECKED_ROWS);
      int end = Math.min(to, next + Math.min(RowBatch.CAPACITY, untilCheck));
      end = endByText(batch, selected, next, end);
      for (int c = 0; c < encoders.length; c++) {
        encoders[c].append(batch.column(c), selected, next, end);
      }
      rows += end - next;
      groupRows += end - next;
      next = end;
      if (groupRows % CHECKED_ROWS == 0 || uncheckedTextBytes >= CHECKED_TEXT_BYTES) {
        endFullRowGroup();
      }
    }
  }

  /** The row after which a check is due because of the text that has been added, or {@code to}. */
  private int endByText(RowBatch batch, int[] selected, int from, int to) {
    long added = textBytes(batch, selected, from, to);
    if (uncheckedTextBytes + added < CHECKED_TEXT_BYTES) {
      uncheckedTextBytes += added;
      return to;
    }
    int end = from;
    while (end < to && uncheckedTextBytes < CHECKED_TEXT_BYTES) {
      uncheckedTextBytes += textBytes(batch, selected, end, end + 1);
      end++;
    }
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

  private void endFullRowGroup() throws IOException {
    uncheckedTextBytes = 0;
    long encoded = 0;
    for (ColumnEncoder encoder : encoders) {
      encoded += encoder.encodedBytes();
    }
    if (encoded >= rowGroupBytes || groupRows >= ROW_GROUP_ROWS) {
      endRowGroup();
    }
  }

  private void endRowGroup() throws IOException {
    writeMagicFirst();
    long begin = out.count;
    List<ColumnChunk> chunks = new ArrayList<>();
    long uncompressed = 0;
    for (ColumnEncoder encoder : encoders) {
      ColumnChunk chunk = encoder.endRowGroup(out.count, out);
      uncompressed += chunk.getMeta_data().getTotal_uncompressed_size();
      chunks.add(chunk);
    }
    rowGroupOffsets.add(begin);
    rowGroups.add(
        new RowGroup(chunks, uncompressed, groupRows)
            .setFile_offset(begin)
            .setTotal_compressed_size(out.count - begin)
            .setOrdinal((short) rowGroups.size()));
    groupRows = 0;
  }

  private void writeMagicFirst() throws IOException {
    if (out.count == 0) {
      out.write(MAGIC);
    }
  }

  /** Writes what is left and the footer. */
  public Finished finish() throws IOException {
    if (groupRows > 0) {
      endRowGroup();
    }
    writeMagicFirst();
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    Util.writeFileMetaData(
        new FileMetaData(FORMAT_VERSION, schema.elements(), rows, rowGroups)
            .setCreated_by(CREATED_BY)
            .setColumn_orders(schema.orders()),
        footer);
    footer.write(LittleEndian.ofInt(footer.size()));
    footer.write(MAGIC);
    footer.writeTo(out);
    List<ColumnStatistics> statistics = new ArrayList<>();
    for (ColumnEncoder encoder : encoders) {
      statistics.add(encoder.fileStatistics());
    }
    return new Finished(rows, List.copyOf(rowGroupOffsets), statistics);
  }

  /** Knows where in the file it is. */
  private static final class CountedOutput extends OutputStream {
    private final OutputStream out;
    private long count;

    CountedOutput(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      count++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      count += length;
    }
  }
}
