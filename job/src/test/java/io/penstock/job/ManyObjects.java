package io.penstock.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.job.s3.ForwardingStore;
import io.penstock.job.s3.ObjectStore;
import io.penstock.job.s3.ObjectStores;
import io.penstock.job.s3.S3ObjectStores;
import io.penstock.spec.Compression;
import io.penstock.spec.FailurePolicy;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PartitionLimits;
import io.penstock.spec.S3Access;
import io.penstock.spec.SourceSpec;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TransformSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;

/**
 * Objects of ten rows each that are made when they are read. The second half of them is listed only
 * when a task has been done: a job that waits for the listing's end never sees it.
 *
 * @param objects how many
 */
record ManyObjects(int objects) implements ObjectStores {
  static final int ROWS_EACH = 10;
  private static final String PREFIX = "events/";
  private static final int PAGE = 1_000;
  private static final long TASK_BYTES = 512 * 1024;
  private static final long PATIENCE_SECONDS = 60;

  /** Ids have the same number of digits, so that objects have the same size. */
  private static final long FIRST_ID = 1_000_000;

  /** Of the one job of the process. */
  private static final CountDownLatch TASK_DONE = new CountDownLatch(1);

  /** Runs a job over so many objects, and says what came out. */
  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[1]);
    try (JobFixture fixture = new JobFixture(Path.of(arguments[0]))) {
      JobSpec spec = spec(fixture);
      JobID job = fixture.start(spec, new ManyObjects(count), 2, Optional.empty());
      fixture.await(job);
      TaskCounts counts = fixture.counts(spec);
      System.out.printf(
          "objects=%d rows=%d balanced=%s tasks=%d planned=%d%n",
          counts.objects(),
          counts.rowsWritten(),
          counts.balanced(),
          fixture.records(spec).size(),
          fixture.plan(spec).tasks());
    }
  }

  private static JobSpec spec(JobFixture fixture) {
    TransformSpec events = EventFiles.transform();
    JobSpec plain =
        fixture.spec(
            new TransformSpec(
                events.format(),
                Compression.NONE,
                events.columns(),
                events.timeColumn(),
                events.nullValues()),
            new PartitionLimits(1_000_000, Duration.ofDays(1), 100),
            FailurePolicy.FAIL_TASK);
    SourceSpec source = plain.source();
    return new JobSpec(
        plain.version(),
        plain.jobId(),
        plain.title(),
        plain.attempt(),
        new SourceSpec(
            source.access(),
            source.urlScheme(),
            source.bucket(),
            source.selection(),
            source.regexFilter(),
            source.maxObjects(),
            TASK_BYTES),
        plain.transform(),
        plain.sink(),
        plain.failurePolicy());
  }

  private static byte[] bytes(int object) {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < ROWS_EACH; row++) {
      long id = FIRST_ID + (long) object * ROWS_EACH + row;
      text.append(
          "{\"id\":%d,\"at\":\"2026-03-01T00:00:0%dZ\",\"n\":%d}\n".formatted(id, row, row));
    }
    return text.toString().getBytes(UTF_8);
  }

  private static ObjectStore.ObjectStat object(int number) {
    return new ObjectStore.ObjectStat(
        PREFIX + "%08d".formatted(number), "\"e\"", bytes(number).length);
  }

  private static int number(String key) {
    return Integer.parseInt(key.substring(PREFIX.length()));
  }

  @Override
  public ObjectStore open(S3Access access) {
    return new ForwardingStore(new S3ObjectStores().open(access)) {
      @Override
      public ListPage list(String bucket, String prefix, Optional<String> after)
          throws IOException {
        if (!bucket.equals(JobFixture.LANDING)) {
          return super.list(bucket, prefix, after);
        }
        int from = after.map(key -> number(key) + 1).orElse(0);
        if (from >= objects / 2) {
          awaitTask();
        }
        int to = Math.min(from + PAGE, objects);
        return new ListPage(
            IntStream.range(from, to).mapToObj(ManyObjects::object).toList(), to == objects);
      }

      @Override
      public Optional<ObjectStat> stat(String bucket, String key) throws IOException {
        return bucket.equals(JobFixture.LANDING)
            ? Optional.of(object(number(key)))
            : super.stat(bucket, key);
      }

      @Override
      public InputStream read(String bucket, String key, String etag, long offset, long length)
          throws IOException {
        return bucket.equals(JobFixture.LANDING)
            ? new ByteArrayInputStream(bytes(number(key)), (int) offset, (int) length)
            : super.read(bucket, key, etag, offset, length);
      }

      @Override
      public void put(String bucket, String key, byte[] bytes, Map<String, String> metadata)
          throws IOException {
        super.put(bucket, key, bytes, metadata);
        if (key.contains("/tasks/")) {
          TASK_DONE.countDown();
        }
      }
    };
  }

  private static void awaitTask() throws IOException {
    try {
      if (!TASK_DONE.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("no task was done before the listing's end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
