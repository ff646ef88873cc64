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

/** A partition that rows are being added to. */
final class OpenPartition {
  private final String key;
  private final UploadStream stream;
  private final ParquetFile file;
  private long minTime = Long.MAX_VALUE;
  private long maxTime = Long.MIN_VALUE;

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
  SealedPartition seal() throws IOException {
    ParquetFile.Finished finished = file.finish();
    String name = key;
    Instant first = Instant.EPOCH.plus(minTime, ChronoUnit.MICROS);
    Instant last = Instant.EPOCH.plus(maxTime, ChronoUnit.MICROS);
    return new SealedPartition(
        stream, stream.finish().thenApply(upload -> uploaded(name, first, last, finished, upload)));
  }

  private static SealedPartition.Uploaded uploaded(
      String key, Instant first, Instant last, ParquetFile.Finished finished, Upload upload) {
    PartitionFile partition =
        new PartitionFile(
            key,
            finished.rows(),
            upload.length(),
            upload.sha256(),
            first,
            last,
            finished.rowGroupOffsets(),
            finished.columns());
    return new SealedPartition.Uploaded(partition, upload);
  }

  void abort() throws IOException {
    stream.abort();
  }
}
