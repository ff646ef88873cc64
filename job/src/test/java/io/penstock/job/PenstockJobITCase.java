package io.penstock.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.s3.ObjectStores;
import io.penstock.spec.Accumulators;
import io.penstock.spec.FailurePolicy;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PartitionFile;
import io.penstock.spec.PartitionLimits;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TaskFailure;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a real Flink and a real S3 server. */
final class PenstockJobITCase {
  private static final PartitionLimits LIMITS =
      new PartitionLimits(1_000, Duration.ofMinutes(15), 4);
  private static final PartitionLimits WIDE =
      new PartitionLimits(1_000_000, Duration.ofDays(1), 100);

  @TempDir Path folder;
  private JobFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new JobFixture(folder);
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
  }

  @Test
  void anIndependentReaderFindsExactlyTheRowsOfTheInput() throws Exception {
    EventFiles events = EventFiles.generate(1, 6, 2_000, 50);
    fixture.upload(events.objects());
    JobSpec spec = fixture.spec(EventFiles.transform(), WIDE, FailurePolicy.FAIL_TASK);

    fixture.run(spec, 2);

    assertThat(fixture.rowsByDuckDb(spec, EventFiles.SELECT)).isEqualTo(events.expected());
    TaskCounts counts = fixture.counts(spec);
    assertThat(counts.rowsRead()).isEqualTo(12_000);
    assertThat(counts.rowsRejected()).isEqualTo(events.rejected()).isPositive();
    assertThat(counts.balanced()).isTrue();
    assertThat(fixture.plan(spec).complete()).isTrue();
    assertThat(fixture.plan(spec).tasks()).isEqualTo(fixture.records(spec).size());
  }

  @Test
  void limitsHoldInEveryPartitionWithInputInRandomTimeOrder() throws Exception {
    EventFiles events = EventFiles.generate(2, 3, 400, 0);
    fixture.upload(events.objects());
    PartitionLimits limits = LIMITS;
    JobSpec spec = fixture.spec(EventFiles.transform(), limits, FailurePolicy.FAIL_TASK);

    fixture.run(spec, 2);

    long width = limits.maxSpan().toSeconds();
    for (PartitionFile partition : fixture.partitions(spec)) {
      assertThat(partition.rows()).isBetween(1L, 1_000L);
      assertThat(Math.floorDiv(partition.minTime().getEpochSecond(), width))
          .as("bucket of %s", partition.key())
          .isEqualTo(Math.floorDiv(partition.maxTime().getEpochSecond(), width));
    }
    assertThat(fixture.rowsByDuckDb(spec, EventFiles.SELECT)).isEqualTo(events.expected());
  }

  @Test
  void aFullPartitionHoldsExactlyTheRowsItMay() throws Exception {
    EventFiles events = EventFiles.generate(12, 2, 3_000, 0);
    fixture.upload(events.objects());
    PartitionLimits limits = new PartitionLimits(1_000, Duration.ofDays(2), 4);
    JobSpec spec = fixture.spec(EventFiles.transform(), limits, FailurePolicy.FAIL_TASK);

    fixture.run(spec, 2);

    assertThat(fixture.partitions(spec)).extracting(PartitionFile::rows).contains(1_000L);
    assertThat(fixture.partitions(spec)).allMatch(partition -> partition.rows() <= 1_000);
    assertThat(fixture.rowsByDuckDb(spec, EventFiles.SELECT)).isEqualTo(events.expected());
  }

  @Test
  void aSecondRunWritesTheSameNamesAndBytes() throws Exception {
    EventFiles events = EventFiles.generate(3, 4, 200, 20);
    fixture.upload(events.objects());
    JobSpec spec = fixture.spec(EventFiles.transform(), LIMITS, FailurePolicy.FAIL_TASK);
    fixture.run(spec, 1);
    Map<String, byte[]> first = everything();

    fixture.emptyWarehouse();
    fixture.run(spec, 3);

    Map<String, byte[]> second = everything();
    assertThat(second.keySet()).isEqualTo(first.keySet());
    first.forEach((key, bytes) -> assertThat(second.get(key)).as(key).isEqualTo(bytes));
  }

  @Test
  void aStoppedJobGoesOnFromItsSavepointAndEveryRowIsThereOnce() throws Exception {
    EventFiles events = EventFiles.generate(4, 30, 500, 100);
    fixture.upload(events.objects());
    JobSpec spec = fixture.spec(EventFiles.transform(), WIDE, FailurePolicy.FAIL_TASK);
    ObjectStores slow = new SlowStores(Duration.ofMillis(200));
    JobID job = fixture.start(spec, slow, 2, Optional.empty());
    fixture.awaitRecords(spec, 2);

    String savepoint = fixture.stopWithSavepoint(job);
    assertThat(fixture.records(spec)).hasSizeLessThan(30);
    JobID resumed = fixture.start(next(spec), slow, 3, Optional.of(savepoint));

    Map<String, Object> accumulators = fixture.accumulators(resumed);
    assertThat(fixture.rowsByDuckDb(spec, EventFiles.SELECT)).isEqualTo(events.expected());
    assertExact(accumulators, fixture.counts(spec));
  }

  @Test
  void withoutItsSavepointAStoppedJobStillDoesOnlyWhatIsLeft() throws Exception {
    EventFiles events = EventFiles.generate(5, 30, 500, 100);
    fixture.upload(events.objects());
    JobSpec spec = fixture.spec(EventFiles.transform(), WIDE, FailurePolicy.FAIL_TASK);
    JobID job = fixture.start(spec, new SlowStores(Duration.ofMillis(200)), 2, Optional.empty());
    fixture.awaitRecords(spec, 2);
    fixture.stopWithSavepoint(job);
    NavigableMap<Integer, TaskRecord> before = fixture.records(spec);

    JobID again = fixture.start(next(spec), new SlowStores(Duration.ZERO), 2, Optional.empty());

    Map<String, Object> accumulators = fixture.accumulators(again);
    assertThat(fixture.records(spec)).containsAllEntriesOf(before);
    assertThat(fixture.rowsByDuckDb(spec, EventFiles.SELECT)).isEqualTo(events.expected());
    assertExact(accumulators, fixture.counts(spec));
  }

  @Test
  void aSavepointUsedTwiceDoesNoHarm() throws Exception {
    EventFiles events = EventFiles.generate(6, 20, 500, 100);
    fixture.upload(events.objects());
    JobSpec spec = fixture.spec(EventFiles.transform(), WIDE, FailurePolicy.FAIL_TASK);
    JobID job = fixture.start(spec, new SlowStores(Duration.ofMillis(200)), 2, Optional.empty());
    fixture.awaitRecords(spec, 2);
    String savepoint = fixture.stopWithSavepoint(job);
    JobSpec second = next(spec);
    fixture.await(fixture.start(second, new SlowStores(Duration.ZERO), 2, Optional.of(savepoint)));

    JobID third =
        fixture.start(next(second), new SlowStores(Duration.ZERO), 2, Optional.of(savepoint));

    Map<String, Object> accumulators = fixture.accumulators(third);
    assertThat(fixture.rowsByDuckDb(spec, EventFiles.SELECT)).isEqualTo(events.expected());
    assertThat(fixture.keys("t/data/")).hasSameSizeAs(fixture.partitions(spec));
    assertExact(accumulators, fixture.counts(spec));
  }

  @Test
  void passingTroubleInMidRunCostsNoRowAndDoublesNone() throws Exception {
    EventFiles events = EventFiles.generate(7, 20, 500, 100);
    fixture.upload(events.objects());
    JobSpec spec = fixture.spec(EventFiles.transform(), WIDE, FailurePolicy.FAIL_TASK);

    JobID job = fixture.start(spec, new StumblingStores(20), 2, Optional.empty());

    Map<String, Object> accumulators = fixture.accumulators(job);
    assertThat(StumblingStores.stumbles()).isPositive();
    assertThat(fixture.rowsByDuckDb(spec, EventFiles.SELECT)).isEqualTo(events.expected());
    assertExact(accumulators, fixture.counts(spec));
  }

  @Test
  void aTruncatedObjectFailsItsTaskAloneAndIsNamed() throws Exception {
    EventFiles events = EventFiles.generate(8, 8, 500, 0);
    NavigableMap<String, byte[]> objects = events.objects();
    String broken = objects.firstKey();
    objects.put(broken, Arrays.copyOf(objects.get(broken), objects.get(broken).length / 2));
    fixture.upload(objects);
    JobSpec spec = fixture.spec(EventFiles.transform(), WIDE, FailurePolicy.FAIL_TASK);

    fixture.run(spec, 2);

    assertThat(fixture.records(spec)).hasSize(7).doesNotContainKey(0);
    List<TaskFailure> failures = fixture.failures(spec);
    assertThat(failures).hasSize(1);
    assertThat(failures.get(0).subject()).isEqualTo("s3://landing/" + broken);
    assertThat(failures.get(0).reason()).contains("unexpected end of gzip stream");
    assertThat(fixture.counts(spec).rowsWritten()).isEqualTo(3_500);
  }

  @Test
  void aTruncatedObjectCanFailTheWholeJobWithoutRestarts() throws Exception {
    EventFiles events = EventFiles.generate(9, 4, 500, 0);
    NavigableMap<String, byte[]> objects = events.objects();
    String broken = objects.lastKey();
    objects.put(broken, Arrays.copyOf(objects.get(broken), objects.get(broken).length / 2));
    fixture.upload(objects);
    JobSpec spec = fixture.spec(EventFiles.transform(), WIDE, FailurePolicy.FAIL_JOB);

    JobID job = fixture.start(spec, new SlowStores(Duration.ZERO), 2, Optional.empty());

    assertThat(fixture.awaitEnd(job)).isEqualTo(JobStatus.FAILED);
    assertThat(fixture.failures(spec))
        .extracting(TaskFailure::subject)
        .containsExactly("s3://landing/" + broken);
  }

  @Test
  void aTruncatedObjectCanBeSkippedAndTheRecordSaysSo() throws Exception {
    EventFiles events = EventFiles.generate(10, 4, 500, 0);
    NavigableMap<String, byte[]> objects = events.objects();
    String broken = objects.firstKey();
    objects.put(broken, Arrays.copyOf(objects.get(broken), objects.get(broken).length / 2));
    fixture.upload(objects);
    JobSpec spec = fixture.spec(EventFiles.transform(), WIDE, FailurePolicy.SKIP_OBJECT);

    JobID job = fixture.start(spec, new SlowStores(Duration.ZERO), 2, Optional.empty());

    Map<String, Object> accumulators = fixture.accumulators(job);
    assertThat(fixture.records(spec)).hasSize(4);
    assertThat(fixture.records(spec).get(0).skipped())
        .extracting(TaskRecord.SkippedObject::url)
        .containsExactly("s3://landing/" + broken);
    assertThat(fixture.counts(spec).rowsWritten()).isEqualTo(1_500);
    assertExact(accumulators, fixture.counts(spec));
  }

  @Test
  void aMissingBucketFailsTheListingByName() throws Exception {
    JobSpec spec = fixture.spec(EventFiles.transform(), WIDE, FailurePolicy.FAIL_TASK);
    Files.delete(folder.resolve("s3/" + JobFixture.LANDING));

    JobID job = fixture.start(spec, new SlowStores(Duration.ZERO), 1, Optional.empty());

    assertThat(fixture.awaitEnd(job)).isEqualTo(JobStatus.FAILED);
    assertThat(fixture.failures(spec)).hasSize(1);
    assertThat(fixture.failures(spec).get(0).task()).isEmpty();
    assertThat(fixture.failures(spec).get(0).reason()).contains(JobFixture.LANDING);
  }

  @Test
  void anEmptyPrefixIsAJobWithoutTasks() throws Exception {
    JobSpec spec = fixture.spec(EventFiles.transform(), WIDE, FailurePolicy.FAIL_TASK);

    fixture.run(spec, 2);

    assertThat(fixture.plan(spec).complete()).isTrue();
    assertThat(fixture.plan(spec).tasks()).isZero();
    assertThat(fixture.records(spec)).isEmpty();
  }

  @Test
  void fiftySmallJobsLoseNoRow() throws Exception {
    EventFiles events = EventFiles.generate(11, 1, 10, 0);
    fixture.upload(events.objects());
    Random random = new Random(11);
    for (int i = 0; i < 50; i++) {
      JobSpec spec = fixture.spec(EventFiles.transform(), WIDE, FailurePolicy.FAIL_TASK);
      fixture.run(spec, 1 + random.nextInt(4));
      assertThat(fixture.counts(spec).rowsWritten()).isEqualTo(10);
    }
  }

  private Map<String, byte[]> everything() throws Exception {
    return Stream.concat(fixture.keys("t/data/").stream(), fixture.keys("jobs/").stream())
        .collect(Collectors.toMap(key -> key, this::bytes));
  }

  private byte[] bytes(String key) {
    try {
      return fixture.store().get(JobFixture.WAREHOUSE, key).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertExact(Map<String, Object> accumulators, TaskCounts counts) {
    assertThat(accumulators)
        .containsEntry(Accumulators.ROWS_READ, counts.rowsRead())
        .containsEntry(Accumulators.ROWS_WRITTEN, counts.rowsWritten())
        .containsEntry(Accumulators.ROWS_REJECTED, counts.rowsRejected())
        .containsEntry(Accumulators.OBJECTS_DONE, counts.objects())
        .containsEntry(Accumulators.STORED_BYTES, counts.storedBytes());
  }

  private JobSpec next(JobSpec spec) {
    return new JobSpec(
        spec.version(),
        spec.jobId(),
        spec.title(),
        spec.attempt() + 1,
        spec.source(),
        spec.transform(),
        spec.sink(),
        spec.failurePolicy());
  }
}
