package io.penstock.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.s3.ObjectStore;
import io.penstock.job.s3.ObjectStores;
import io.penstock.spec.FailurePolicy;
import io.penstock.spec.JobSpec;
import io.penstock.spec.ObjectSelection;
import io.penstock.spec.PartitionLimits;
import io.penstock.spec.PlanSegment;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.SourceSpec;
import io.penstock.spec.SpecJson;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that follows its plan, on a real Flink and a real S3 server. */
final class ContinuousJobITCase {
  private static final PartitionLimits WIDE =
      new PartitionLimits(1_000_000, Duration.ofDays(1), 100);
  private static final ObjectStores QUICK = new SlowStores(Duration.ZERO);
  private static final int TASKS_A_SEGMENT = 3;

  @TempDir Path folder;
  private JobFixture fixture;
  private int segments;
  private int tasks;

  @BeforeEach
  void start() throws Exception {
    fixture = new JobFixture(folder);
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
  }

  @Test
  void aJobStoppedWhileItIdlesGoesOnWithWhatCameMeanwhile() throws Exception {
    EventFiles events = EventFiles.generate(21, 12, 200, 50);
    List<String> keys = upload(events);
    JobSpec spec = continuous(FailurePolicy.SKIP_OBJECT);
    JobID job = fixture.start(spec, QUICK, 2, Optional.empty());
    plan(spec, keys.subList(0, 6));
    fixture.awaitRecords(spec, 6);

    String savepoint = fixture.stopWithSavepoint(job);
    plan(spec, keys.subList(6, 9));
    JobSpec second = next(spec);
    JobID resumed = fixture.start(second, QUICK, 3, Optional.of(savepoint));
    plan(second, keys.subList(9, 12));
    fixture.awaitRecords(second, 12);
    fixture.stopWithSavepoint(resumed);

    assertThat(fixture.rowsByDuckDb(spec, EventFiles.SELECT)).isEqualTo(events.expected());
    assertThat(fixture.counts(spec).balanced()).isTrue();
  }

  @Test
  void aJobStoppedInMidTaskReadsThatTaskAgainAndNoOther() throws Exception {
    EventFiles events = EventFiles.generate(22, 12, 500, 100);
    List<String> keys = upload(events);
    JobSpec spec = continuous(FailurePolicy.SKIP_OBJECT);
    plan(spec, keys);
    JobID job = fixture.start(spec, new SlowStores(Duration.ofMillis(200)), 2, Optional.empty());
    fixture.awaitRecords(spec, 2);

    String savepoint = fixture.stopWithSavepoint(job);
    assertThat(fixture.records(spec)).hasSizeLessThan(12);
    JobID resumed = fixture.start(next(spec), QUICK, 1, Optional.of(savepoint));
    fixture.awaitRecords(spec, 12);
    fixture.stopWithSavepoint(resumed);

    assertThat(fixture.rowsByDuckDb(spec, EventFiles.SELECT)).isEqualTo(events.expected());
    assertThat(fixture.keys("t/data/")).hasSameSizeAs(fixture.partitions(spec));
  }

  @Test
  void withoutItsSavepointItDoesOnlyWhatHasNoRecord() throws Exception {
    EventFiles events = EventFiles.generate(23, 9, 300, 0);
    List<String> keys = upload(events);
    JobSpec spec = continuous(FailurePolicy.SKIP_OBJECT);
    plan(spec, keys.subList(0, 5));
    JobID job = fixture.start(spec, QUICK, 2, Optional.empty());
    fixture.awaitRecords(spec, 5);
    fixture.stopWithSavepoint(job);
    List<TaskRecord> before = List.copyOf(fixture.records(spec).values());

    plan(spec, keys.subList(5, 9));
    JobID again = fixture.start(next(spec), QUICK, 2, Optional.empty());
    fixture.awaitRecords(spec, 9);
    fixture.stopWithSavepoint(again);

    assertThat(fixture.records(spec).values()).containsAll(before);
    assertThat(fixture.rowsByDuckDb(spec, EventFiles.SELECT)).isEqualTo(events.expected());
  }

  @Test
  void aTruncatedObjectIsNamedInItsTaskAndTheStreamGoesOn() throws Exception {
    EventFiles events = EventFiles.generate(24, 4, 300, 0);
    List<String> keys = upload(events);
    byte[] whole = events.objects().get(keys.get(0));
    fixture.store().put(JobFixture.LANDING, "events/cut", Arrays.copyOf(whole, whole.length / 2));
    keys.add(1, "events/cut");
    JobSpec spec = continuous(FailurePolicy.SKIP_OBJECT);
    JobID job = fixture.start(spec, QUICK, 1, Optional.empty());

    plan(spec, keys);
    fixture.awaitRecords(spec, 5);
    fixture.stopWithSavepoint(job);

    assertThat(fixture.records(spec).get(1).skipped())
        .singleElement()
        .satisfies(one -> assertThat(one.url()).isEqualTo("s3://landing/events/cut"));
    assertThat(fixture.rowsByDuckDb(spec, EventFiles.SELECT)).isEqualTo(events.expected());
  }

  private List<String> upload(EventFiles events) throws IOException {
    fixture.upload(events.objects());
    return new ArrayList<>(events.objects().keySet());
  }

  /** Appends to the plan, a task for each object, as the control API does. */
  private void plan(JobSpec spec, List<String> keys) throws IOException {
    List<PlannedTask> planned = new ArrayList<>();
    for (String key : keys) {
      ObjectStore.ObjectStat stat = fixture.store().stat(JobFixture.LANDING, key).orElseThrow();
      planned.add(
          new PlannedTask(
              tasks++, List.of(new PlannedObject(stat.key(), stat.etag(), stat.size()))));
    }
    for (int from = 0; from < planned.size(); from += TASKS_A_SEGMENT) {
      PlanSegment segment =
          new PlanSegment(
              PlanSegment.VERSION,
              segments,
              planned.subList(from, Math.min(planned.size(), from + TASKS_A_SEGMENT)));
      fixture
          .store()
          .put(
              JobFixture.WAREHOUSE, spec.folder().planSegment(segments++), SpecJson.write(segment));
    }
  }

  private JobSpec continuous(FailurePolicy policy) {
    JobSpec batch = fixture.spec(EventFiles.transform(), WIDE, policy);
    SourceSpec source =
        new SourceSpec(
            batch.source().access(),
            "s3",
            JobFixture.LANDING,
            new ObjectSelection.Arrivals(),
            "",
            0,
            0);
    return with(batch, batch.attempt(), source);
  }

  private static JobSpec next(JobSpec spec) {
    return with(spec, spec.attempt() + 1, spec.source());
  }

  private static JobSpec with(JobSpec spec, int attempt, SourceSpec source) {
    return new JobSpec(
        JobSpec.VERSION,
        spec.jobId(),
        spec.title(),
        attempt,
        source,
        spec.transform(),
        spec.sink(),
        spec.failurePolicy());
  }
}
