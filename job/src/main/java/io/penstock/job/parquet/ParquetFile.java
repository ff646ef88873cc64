package io.penstock.job.parquet;

import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnStatistics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * A Parquet file being written. The same rows in the same order give the same bytes, however they
 * are cut into batches, if its compressor has written the same before. Rows are held until a row
 * group is full or the file is finished; nothing is written before. A file that is given up needs
 * no closing.
 */
public final class ParquetFile {
  /** Fewer rows at a time are held back until there are many. */
  public static final int LONG_RUN = 64;

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int FORMAT_VERSION = 1;
  private static final String CREATED_BY = "Penstock version 0.1.0 (build 0)";

  /** What a row group has, encoded, unless it is to have less. */
  public static final long ROW_GROUP_BYTES = 64L * 1024 * 1024;

  private final ParquetSchema schema;
  private final FileBuffers buffers;
  private final CountedOutput out;
  private final OpenRowGroup open;
  private final List<RowGroup> rowGroups = new ArrayList<>();
  private long rows;

  /**
   * @param compressor shared by the files of one thread
   * @param out is not closed
   */
  public ParquetFile(List<ColumnSpec> columns, PageCompressor compressor, OutputStream out) {
    this(columns, compressor, out, ROW_GROUP_BYTES);
  }

  /**
   * @param rowGroupBytes encoded, at which a row group ends
   */
  public ParquetFile(
      List<ColumnSpec> columns, PageCompressor compressor, OutputStream out, long rowGroupBytes) {
    this.schema = new ParquetSchema(columns);
    this.buffers = new FileBuffers(compressor.workspace().pool());
    this.out = new CountedOutput(out);
    this.open = new OpenRowGroup(columns, compressor, buffers, rowGroupBytes);
  }

  /** What a finished file is. */
  public record Finished(long rows, List<Long> rowGroupOffsets, List<ColumnStatistics> columns) {}

  public long rows() {
    return rows;
  }

  /** Heap that the rows held take; none when the file is finished. */
  public long bufferedBytes() {
    return buffers.heldBytes();
  }

  /** Appends some of a batch's rows, in the order given. */
  public void append(RowBatch batch, int[] selected, int from, int to) throws IOException {
    int next = from;
    while (next < to) {
      next = appendToRowGroup(batch, selected, next, to);
    }
  }

  /**
   * Appends rows until a row group ends.
   *
   * @return the index of the first row that was not appended
   */
  public int appendToRowGroup(RowBatch batch, int[] selected, int from, int to) throws IOException {
    int next = from;
    boolean full = false;
    while (next < to && !full) {
      next = open.append(batch, selected, next, to);
      full = open.isFull();
    }
    rows += next - from;
    if (full) {
      endRowGroup();
    }
    return next;
  }

  /** Writes the rows held as a row group that is smaller than it might be. */
  public void endRowGroupEarly() throws IOException {
    if (open.rows() > 0) {
      endRowGroup();
    }
  }

  private void endRowGroup() throws IOException {
    writeMagicFirst();
    rowGroups.add(open.writeTo(out, rowGroups.size()));
  }

  private void writeMagicFirst() throws IOException {
    if (out.count() == 0) {
      out.write(MAGIC);
    }
  }

  /** Writes what is left and the footer. */
  public Finished finish() throws IOException {
    if (open.rows() > 0) {
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
    return new Finished(
        rows, rowGroups.stream().map(RowGroup::getFile_offset).toList(), open.statistics());
  }
}
