package io.penstock.control.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.control.identity.SettableClock;
import io.penstock.control.job.FakeJobStore;
import io.penstock.control.job.FlinkJobId;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobDefinition;
import io.penstock.control.job.JobService;
import io.penstock.control.job.JobState;
import io.penstock.control.job.Principal;
import io.penstock.control.job.PublishMode;
import io.penstock.control.job.TestJobs;
import io.penstock.spec.ObjectSelection;
import io.penstock.spec.S3Access;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of jobs without an end. */
final class ContinuousJobTest {
  private static final UUID ORGANIZATION = UUID.randomUUID();
  private static final Principal CALLER = new Principal(UUID.randomUUID(), "ops");
  private static final S3Access ACCESS =
      new S3Access(Optional.empty(), "us-east-1", true, Optional.empty());

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T00:00:00Z"));
  private final FakeJobStore store = new FakeJobStore();
  private final FakeFlink flink = new FakeFlink();
  private final FakeJobFolders folders = new FakeJobFolders();
  private final FakeTables tables = new FakeTables();
  private final JobService jobs = new JobService(store, clock, () -> {});

  /** Each round by a reconciler that knows nothing but what is recorded. */
  private void rounds(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      new Reconciler(
              new ReconcilerSettings(
                  Duration.ofMillis(1),
                  4,
                  Duration.ofNanos(1),
                  Optional.empty(),
                  ACCESS,
                  "bucket",
                  "jobs/"),
              store,
              flink,
              folders,
              tables,
              (organization, source) -> ACCESS,
              clock)
          .round();
    }
  }

  private UUID running() throws InterruptedException {
    UUID id = jobs.create(TestJobs.continuous(ORGANIZATION, "stream")).id();
    rounds(2);
    assertThat(store.job(id).state()).isEqualTo(JobState.RUNNING);
    return id;
  }

  @Test
  void anEndThatNobodyAskedForIsFollowedByTheNextAttemptAfterAPause() throws Exception {
    UUID id = running();
    flink.ends(FlinkJobId.of(id, 1), "FAILED");
    rounds(3);

    assertThat(store.job(id).state()).isEqualTo(JobState.QUEUED);
    assertThat(store.job(id).errors()).containsExactly("it broke");

    clock.pass(Duration.ofMinutes(1));
    rounds(2);
    assertThat(store.job(id).state()).isEqualTo(JobState.RUNNING);
    assertThat(flink.startedFrom().get(1)).contains("s3://chk/" + FlinkJobId.of(id, 1));
  }

  @Test
  void itIsNeverFinishedWhateverFlinkSays() throws Exception {
    UUID id = running();
    for (int attempt = 1; attempt <= 40; attempt++) {
      flink.ends(FlinkJobId.of(id, attempt), attempt % 2 == 0 ? "FINISHED" : "CANCELED");
      rounds(1);
      clock.pass(Duration.ofMinutes(1));
      rounds(2);
    }

    Job job = store.job(id);
    assertThat(job.state()).isEqualTo(JobState.RUNNING);
    assertThat(job.attempt().number()).isEqualTo(41);
    assertThat(job.attempts()).hasSizeLessThanOrEqualTo(21);
    assertThat(flink.started()).doesNotHaveDuplicates().hasSize(41);
  }

  @Test
  void whatItHasDoneIsOthersToPublish() throws Exception {
    UUID id = running();
    folders.done(0, 1);
    rounds(1);
    jobs.cancel(ORGANIZATION, id, CALLER);
    rounds(4);

    assertThat(store.job(id).state()).isEqualTo(JobState.CANCELED);
    assertThat(tables.published()).isEmpty();
  }

  @Test
  void aStoppedOneGoesOnFromItsSavepointAsItIsDefinedNow() throws Exception {
    UUID id = running();
    jobs.cancel(ORGANIZATION, id, CALLER);
    rounds(4);
    assertThat(store.job(id).state()).isEqualTo(JobState.CANCELED);

    JobDefinition now = TestJobs.definition(PublishMode.TASK, new ObjectSelection.Arrivals(), 77);
    jobs.retry(ORGANIZATION, id, now, CALLER);
    rounds(2);

    assertThat(store.job(id).state()).isEqualTo(JobState.RUNNING);
    assertThat(store.job(id).definition()).isEqualTo(now);
    assertThat(flink.startedFrom().get(1)).contains("s3://sp/" + FlinkJobId.of(id, 1));
  }
}
