package io.penstock.job.sink;

import io.penstock.job.s3.ObjectStore;
import io.penstock.spec.JobFolder;
import io.penstock.spec.JobSpec;
import io.penstock.spec.SpecJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.flink.api.connector.sink2.Committer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes finished tasks visible: completes their uploads, then writes their record. Doing it again
 * finds what was done. A task whose upload is gone stays without a record: it is run again.
 */
final class TaskCommitter implements Committer<TaskCommittable> {
  private static final Logger LOG = LoggerFactory.getLogger(TaskCommitter.class);
  private static final int THREADS = 8;

  private final JobSpec spec;
  private final ObjectStore store;
  private final ExecutorService executor =
      Executors.newFixedThreadPool(
          THREADS,
          work -> {
            Thread thread = new Thread(work, "penstock-commit");
            thread.setDaemon(true);
            return thread;
          });

  TaskCommitter(JobSpec spec, ObjectStore store) {
    this.spec = spec;
    this.store = store;
  }

  @Override
  public void commit(Collection<CommitRequest<TaskCommittable>> requests)
      throws IOException, InterruptedException {
    for (CommitRequest<TaskCommittable> request : requests) {
      commit(request.getCommittable());
    }
  }

  private void commit(TaskCommittable committable) throws IOException {
    String bucket = spec.sink().bucket();
    int task = committable.record().task().number();
    String key = spec.folder().taskRecord(task);
    byte[] record = SpecJson.write(committable.record());
    Optional<byte[]> before = store.get(bucket, key);
    if (before.isPresent()) {
      if (!Arrays.equals(before.get(), record)) {
        LOG.error("task {} is done already, with another result; the first one stays", task);
      }
      abort(committable.uploads());
      return;
    }
    List<String> lost = complete(committable.uploads());
    if (!lost.isEmpty()) {
      LOG.warn("task {} is to be run again: uploads are gone, for example {}", task, lost.get(0));
      return;
    }
    Map<String, String> metadata = new HashMap<>();
    committable.started().ifPresent(at -> metadata.put(JobFolder.STARTED, at.toString()));
    store.put(bucket, key, record, metadata);
  }

  /** Returns the keys that cannot be completed. */
  private List<String> complete(List<Upload> uploads) throws IOException {
    List<Future<Boolean>> pending = new ArrayList<>();
    for (Upload upload : uploads) {
      pending.add(executor.submit(() -> complete(upload)));
    }
    List<String> lost = new ArrayList<>();
    for (int i = 0; i < pending.size(); i++) {
      if (!get(pending.get(i))) {
        lost.add(uploads.get(i).key());
      }
    }
    return lost;
  }

  /** Whether the object is there, with the bytes that were uploaded. */
  private boolean complete(Upload upload) throws IOException {
    String bucket = spec.sink().bucket();
    ObjectStore.CompleteOutcome outcome =
        store.completeUpload(bucket, upload.key(), upload.uploadId(), upload.parts());
    return switch (outcome) {
      case COMPLETED -> true;
      case NO_SUCH_UPLOAD -> isThere(upload);
    };
  }

  private boolean isThere(Upload upload) throws IOException {
    String bucket = spec.sink().bucket();
    Optional<ObjectStore.ObjectStat> stat = store.stat(bucket, upload.key());
    if (stat.isEmpty() || stat.get().size() != upload.length()) {
      return false;
    }
    try (InputStream in =
            store.read(bucket, upload.key(), stat.get().etag(), 0, stat.get().size());
        DigestInputStream digested =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digested.transferTo(OutputStream.nullOutputStream());
      byte[] digest = digested.getMessageDigest().digest();
      return HexFormat.of().formatHex(digest).equals(upload.sha256());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private void abort(List<Upload> uploads) {
    for (Upload upload : uploads) {
      try {
        store.abortUpload(spec.sink().bucket(), upload.key(), upload.uploadId());
      } catch (IOException e) {
        LOG.debug("cannot abort the upload of {}", upload.key(), e);
      }
    }
  }

  private static boolean get(Future<Boolean> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while committing");
    } catch (ExecutionException e) {
      throw new IOException("cannot commit: " + e.getCause().getMessage(), e.getCause());
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    store.close();
  }
}
