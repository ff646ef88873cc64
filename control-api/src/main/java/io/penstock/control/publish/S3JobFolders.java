package io.penstock.control.publish;

import io.penstock.control.job.JobFolders;
import io.penstock.control.job.TableRef;
import io.penstock.spec.JobFolder;
import io.penstock.spec.Manifest;
import io.penstock.spec.PlanSegment;
import io.penstock.spec.PlanSummary;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.SpecJson;
import io.penstock.spec.TaskFailure;
import io.penstock.spec.TaskRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** Job folders on S3. Thread-safe. */
public final class S3JobFolders implements JobFolders, AutoCloseable {
  /** See {@link JobFolder#rejects}. */
  private static final Pattern REJECTS = Pattern.compile("(\\d{8,9})\\.ndjson\\.gz");

  /** As many as S3 takes. */
  private static final int DELETED_AT_ONCE = 1_000;

  private final StorageAccess access;
  private final StoredObjects objects;
  private final S3Client client;

  public S3JobFolders(StorageAccess access) {
    this.access = access;
    this.objects = new StoredObjects(access);
    this.client = objects.client();
  }

  private JobFolder folder(UUID jobId) {
    return new JobFolder(access.jobsPrefix(), jobId);
  }

  @Override
  public Optional<PlanSummary> plan(UUID jobId) throws IOException {
    return objects.read(folder(jobId).planSummary(), PlanSummary.class);
  }

  @Override
  public Set<Integer> doneTasks(UUID jobId) throws IOException {
    return doneTasks(jobId, 0);
  }

  @Override
  public Set<Integer> doneTasks(UUID jobId, int from) throws IOException {
    JobFolder folder = folder(jobId);
    Set<Integer> tasks = new TreeSet<>();
    Optional<String> after =
        from == 0 ? Optional.empty() : Optional.of(folder.taskRecord(from - 1));
    for (String key : objects.list(folder.taskRecords(), after)) {
      folder.taskOfRecord(key).ifPresent(tasks::add);
    }
    return tasks;
  }

  @Override
  public void writeSegment(UUID jobId, PlanSegment segment) throws IOException {
    objects.write(folder(jobId).planSegment(segment.segment()), segment);
  }

  @Override
  public List<TaskRecord> records(UUID jobId, Set<Integer> tasks) throws IOException {
    return recorded(jobId, tasks).stream().map(Recorded::record).toList();
  }

  @Override
  public List<Recorded> recorded(UUID jobId, Set<Integer> tasks) throws IOException {
    JobFolder folder = folder(jobId);
    List<Recorded> records = new ArrayList<>();
    for (int task : new TreeSet<>(tasks)) {
      String key = folder.taskRecord(task);
      ResponseBytes<GetObjectResponse> found =
          objects
              .object(key)
              .orElseThrow(() -> new IOException("task record " + key + " is missing"));
      records.add(
          new Recorded(
              SpecJson.read(found.asByteArray(), TaskRecord.class),
              Optional.ofNullable(found.response().metadata().get(JobFolder.STARTED))
                  .map(Instant::parse),
              found.response().lastModified()));
    }
    return records;
  }

  @Override
  public Optional<Instant> listed(UUID jobId) throws IOException {
    return objects
        .object(folder(jobId).planSummary())
        .filter(found -> SpecJson.read(found.asByteArray(), PlanSummary.class).complete())
        .map(found -> found.response().lastModified());
  }

  @Override
  public Set<Integer> tasksWithRejects(UUID jobId) throws IOException {
    Set<Integer> tasks = new TreeSet<>();
    String prefix = folder(jobId).prefix() + "rejects/";
    for (String key : objects.list(prefix)) {
      Matcher name = REJECTS.matcher(key.substring(prefix.length()));
      if (name.matches()) {
        tasks.add(Integer.parseInt(name.group(1)));
      }
    }
    return tasks;
  }

  @Override
  public void rejects(UUID jobId, int task, Consumer<RejectedRow> each) throws IOException {
    String key = folder(jobId).rejects(task);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(client.getObject(r -> r.bucket(access.bucket()).key(key))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        each.accept(SpecJson.read(line.getBytes(StandardCharsets.UTF_8), RejectedRow.class));
      }
    } catch (SdkException e) {
      throw objects.failed("read", key, e);
    }
  }

  @Override
  public List<TaskFailure> failures(UUID jobId, int attempt) throws IOException {
    List<TaskFailure> failures = new ArrayList<>();
    for (String key : objects.list(folder(jobId).failures(attempt))) {
      // An S3 server may list its own temporary files.
      if (key.endsWith(".json")) {
        objects.read(key, TaskFailure.class).ifPresent(failures::add);
      }
    }
    failures.sort(Comparator.comparingInt(failure -> failure.task().orElse(-1)));
    return failures;
  }

  @Override
  public void writeManifest(Manifest manifest) throws IOException {
    objects.write(folder(manifest.jobId()).manifest(), manifest);
  }

  @Override
  public Optional<Manifest> manifest(UUID jobId) throws IOException {
    return objects.read(folder(jobId).manifest(), Manifest.class);
  }

  @Override
  public void deleteRuns(UUID jobId) throws IOException {
    String prefix = folder(jobId).runs();
    List<String> keys = objects.list(prefix);
    try {
      for (int from = 0; from < keys.size(); from += DELETED_AT_ONCE) {
        List<ObjectIdentifier> some =
            keys.subList(from, Math.min(keys.size(), from + DELETED_AT_ONCE)).stream()
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList();
        client.deleteObjects(r -> r.bucket(access.bucket()).delete(d -> d.objects(some)));
      }
    } catch (SdkException e) {
      throw objects.failed("delete", prefix, e);
    }
  }

  @Override
  public int abortUploads(TableRef table, UUID jobId) throws IOException {
    String data = TableLocation.dataPrefix(access, table);
    int aborted = 0;
    try {
      for (MultipartUpload upload :
          client
              .listMultipartUploadsPaginator(r -> r.bucket(access.bucket()).prefix(access.prefix()))
              .uploads()) {
        boolean ours =
            upload.key().startsWith(folder(jobId).prefix())
                || (upload.key().startsWith(data) && upload.key().contains(jobId.toString()));
        if (ours && abort(upload)) {
          aborted++;
        }
      }
    } catch (SdkException e) {
      throw objects.failed("list uploads of", data, e);
    }
    return aborted;
  }

  /** A service that was killed may list what it does not have. */
  private boolean abort(MultipartUpload upload) {
    try {
      client.abortMultipartUpload(
          r -> r.bucket(access.bucket()).key(upload.key()).uploadId(upload.uploadId()));
      return true;
    } catch (NoSuchUploadException e) {
      return false;
    }
  }

  @Override
  public void close() {
    objects.close();
  }
}
