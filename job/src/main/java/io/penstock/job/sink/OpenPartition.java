package io.penstock.job.sink;

import io.penstock.job.parquet.PageCompressor;
import io.penstock.job.parquet.ParquetFile;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.PartitionFile;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A partition that rows are being added to. */
final class OpenPartition {
  private final String key;
  private final UploadStream stream;
  private final ParquetFile file;
  private long minTime = Long.MAX_VALUE;
  private long maxTime = Long.MIN_VALUE;
  private CompletableFuture<Sealed> sealed;

  OpenPartition(
      String key, UploadStream stream, List<ColumnSpec> columns, PageCompressor compressor) {
    this.key = key;
    this.stream = stream;
    this.file = new ParquetFile(columns, compressor, stream);
  }

  long rows() {
    return file.rows();
  }

  /** Heap that it takes; the same for the same rows in the same batches. */
  long heldBytes() {
    return file.bufferedBytes();
  }

  void append(RowBatch batch, int[] selected, int from, int to, ColumnVector time)
      throws IOException {
    long[] times = time.longs();
    for (int i = from; i < to; i++) {
      long micros = times[selected[i]];
      minTime = Math.min(minTime, micros);
      maxTime = Math.max(maxTime, micros);
    }
    file.append(batch, selected, from, to);
  }

  /** Encodes what is left and lets it be uploaded; no row is added after it. */
  void seal() throws IOException {
    ParquetFile.Finished finished = file.finish();
    sealed = stream.finish().thenApply(upload -> sealed(finished, upload));
  }

  private Sealed sealed(ParquetFile.Finished finished, Upload upload) {
    PartitionFile partition =
        new PartitionFile(
            key,
            finished.rows(),
            upload.length(),
            upload.sha256(),
            Instant.EPOCH.plus(minTime, ChronoUnit.MICROS),
            Instant.EPOCH.plus(maxTime, ChronoUnit.MICROS),
            finished.rowGroupOffsets(),
            finished.columns());
    return new Sealed(partition, upload);
  }

  /** Waits for the upload; only after {@link #seal}. */
  Sealed await() throws IOException {
    return Uploads.await(sealed);
  }

  void abort() throws IOException {
    stream.abort();
  }

  /** A partition that is complete and uploaded, but invisible. */
  record Sealed(PartitionFile partition, Upload upload) {}
}
