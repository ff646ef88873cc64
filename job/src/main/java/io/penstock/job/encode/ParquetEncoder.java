package io.penstock.job.encode;

import io.penstock.job.parquet.PageCompressor;
import io.penstock.job.parquet.ParquetFile;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A Parquet file; its chunks are row groups. */
final class ParquetEncoder implements RowEncoder {
  private final ParquetFile file;

  /**
   * @param compressor shared by the files of one thread
   * @param out is not closed
   */
  ParquetEncoder(
      List<ColumnSpec> columns, PageCompressor compressor, OutputStream out, long rowGroupBytes) {
    this.file = new ParquetFile(columns, compressor, out, rowGroupBytes);
  }

  @Override
  public int append(RowBatch batch, int[] selected, int from, int to) throws IOException {
    return file.appendToRowGroup(batch, selected, from, to);
  }

  @Override
  public void finish() throws IOException {
    ParquetFile.Finished unused = file.finish();
  }

  @Override
  public long heldBytes() {
    return file.bufferedBytes();
  }

  @Override
  public void drain() throws IOException {
    file.endRowGroupEarly();
  }

  @Override
  public void close() {
    // A file that is given up needs no closing.
  }
}
