package io.penstock.job.export;

import io.penstock.job.s3.ObjectStore;
import io.penstock.spec.SpecJson;
import io.penstock.spec.export.ExportResult;
import io.penstock.spec.export.ExportSpec;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.Committer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the result, once. Doing it again finds what was done. */
final class ResultCommitter implements Committer<ExportResult> {
  private static final Logger LOG = LoggerFactory.getLogger(ResultCommitter.class);

  private final ExportSpec spec;
  private final ObjectStore storage;

  /**
   * @param storage closed with this
   */
  ResultCommitter(ExportSpec spec, ObjectStore storage) {
    this.spec = spec;
    this.storage = storage;
  }

  @Override
  public void commit(Collection<CommitRequest<ExportResult>> requests) throws IOException {
    for (CommitRequest<ExportResult> request : requests) {
      commit(request.getCommittable());
    }
  }

  private void commit(ExportResult result) throws IOException {
    String key = spec.folder().result();
    byte[] json = SpecJson.write(result);
    Optional<byte[]> before = storage.get(spec.bucket(), key);
    if (before.isEmpty()) {
      storage.put(spec.bucket(), key, json);
    } else if (!Arrays.equals(before.get(), json)) {
      // Its uploads are given up with all that the first result does not name.
      LOG.error("the export is done already, by other uploads; the first result stays");
    }
  }

  @Override
  public void close() {
    storage.close();
  }
}
