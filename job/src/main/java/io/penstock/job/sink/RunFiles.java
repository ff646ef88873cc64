package io.penstock.job.sink;

import io.penstock.job.s3.ObjectStore;
import io.penstock.job.sort.RowLayout;
import io.penstock.job.sort.RowSorter;
import io.penstock.spec.JobSpec;
import io.penstock.spec.RunFile;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Writes a task's combined rows, which come in order, to a file for each time bucket. */
final class RunFiles implements RowSorter.Target {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final JobSpec spec;
  private final int task;
  private final Optional<ObjectStore> store;
  private final Uploads uploads;
  private final List<UploadStream> streams = new ArrayList<>();
  private final List<CompletableFuture<Written>> written = new ArrayList<>();
  private Optional<FastGzip> open = Optional.empty();
  private long timeBucket;
  private long rows;

  /** A file that is complete and uploaded, but invisible. */
  record Written(RunFile file, Upload upload) {}

  RunFiles(JobSpec spec, int task, Optional<ObjectStore> store, Uploads uploads) {
    this.spec = spec;
    this.task = task;
    this.store = store;
    this.uploads = uploads;
  }

  @Override
  public void row(byte[] bytes, int at, int length) throws IOException {
    long bucket = RowLayout.timeBucket(bytes, at);
    if (open.isEmpty() || bucket != timeBucket) {
      seal();
      begin(bucket);
    }
    open.orElseThrow().write(bytes, at, length);
    rows++;
  }

  private void begin(long bucket) throws IOException {
    timeBucket = bucket;
    rows = 0;
    UploadStream stream =
        new UploadStream(store, uploads, spec.sink().bucket(), spec.folder().run(task, bucket));
    streams.add(stream);
    open = Optional.of(new FastGzip(stream));
  }

  private void seal() throws IOException {
    if (open.isEmpty()) {
      return;
    }
    open.get().close();
    open = Optional.empty();
    long bucket = timeBucket;
    long count = rows;
    written.add(
        streams
            .get(streams.size() - 1)
            .finish()
            .thenApply(
                upload ->
                    new Written(
                        new RunFile(upload.key(), bucket, count, upload.length()), upload)));
  }

  /** Waits for all uploads; by time bucket. */
  List<Written> finish() throws IOException {
    seal();
    List<Written> all = new ArrayList<>();
    for (CompletableFuture<Written> one : written) {
      all.add(Uploads.await(one));
    }
    return all;
  }

  void abort() throws IOException {
    for (UploadStream stream : streams) {
      stream.abort();
    }
  }

  /** They are read but once. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
