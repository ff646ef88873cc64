package io.penstock.job.sink;

import io.penstock.job.s3.ObjectStore;
import io.penstock.spec.JobSpec;
import io.penstock.spec.RejectFile;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.SpecJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Writes a task's rejected rows, one JSON object a line, gzip. */
final class RejectWriter {
  private static final int MAX_SAMPLES = 20;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final String key;
  private final boolean kept;
  private final UploadStream stream;
  private final GZIPOutputStream gzip;
  private final List<RejectedRow> samples = new ArrayList<>();
  private long rows;

  RejectWriter(JobSpec spec, int task, Optional<ObjectStore> store, Uploads uploads)
      throws IOException {
    this.key = spec.folder().rejects(task);
    this.kept = store.isPresent();
    this.stream = new UploadStream(store, uploads, spec.sink().bucket(), key);
    this.gzip = new GZIPOutputStream(stream, BUFFER_BYTES);
  }

  void add(RejectedRow row) throws IOException {
    if (samples.size() < MAX_SAMPLES) {
      samples.add(row);
    }
    rows++;
    gzip.write(SpecJson.write(row));
    gzip.write('\n');
  }

  /** Waits for the upload, which is to be completed only if rejects are kept. */
  Finished finish() throws IOException {
    gzip.finish();
    Upload upload = Uploads.await(stream.finish());
    return new Finished(
        new RejectFile(kept ? key : "", rows, upload.length(), upload.sha256(), samples), upload);
  }

  void abort() throws IOException {
    stream.abort();
  }

  /** All rejects of a task. */
  record Finished(RejectFile file, Upload upload) {}
}
