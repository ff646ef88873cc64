package io.penstock.control.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.control.job.FakeJobStore;
import io.penstock.control.job.FlinkJobId;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobService;
import io.penstock.control.job.JobState;
import io.penstock.control.job.Principal;
import io.penstock.control.job.PublishMode;
import io.penstock.control.job.TestJobs;
import io.penstock.spec.S3Access;
import io.penstock.spec.TaskFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ReconcilerTest {
  private static final UUID ORGANIZATION = UUID.randomUUID();
  private static final Principal CALLER = new Principal(UUID.randomUUID(), "ops");
  private static final S3Access ACCESS =
      new S3Access(Optional.empty(), "us-east-1", true, Optional.empty());

  private final FakeJobStore store = new FakeJobStore();
  private final FakeFlink flink = new FakeFlink();
  private final FakeJobFolders folders = new FakeJobFolders();
  private final FakeTables tables = new FakeTables();
  private final JobService jobs = new JobService(store, Clock.systemUTC(), () -> {});
  private Reconciler reconciler = reconciler();

  private Reconciler reconciler() {
    return new Reconciler(
        new ReconcilerSettings(
            Duration.ofMillis(1),
            4,
            Duration.ofNanos(1),
            Optional.of(100),
            ACCESS,
            "bucket",
            "jobs/"),
        store,
        flink,
        folders,
        tables,
        (organization, source) -> ACCESS,
        Clock.systemUTC());
  }

  /** Each round by a reconciler that knows nothing but what is recorded. */
  private void roundsWithRestarts(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      reconciler = reconciler();
      reconciler.round();
    }
  }

  private void rounds(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      reconciler.round();
    }
  }

  @Test
  void aLostReplyDoesNotStartTheJobTwice() throws Exception {
    flink.repliesAreLost(true);
    UUID id = create(PublishMode.TASK);

    roundsWithRestarts(6);

    assertThat(flink.started()).containsExactly(FlinkJobId.of(id, 1));
    assertThat(store.job(id).state()).isEqualTo(JobState.RUNNING);
  }

  @Test
  void aLostRequestIsSentAgainUnderTheSameId() throws Exception {
    flink.requestsAreLost(true);
    UUID id = create(PublishMode.TASK);
    rounds(3);
    flink.requestsAreLost(false);

    rounds(2);

    assertThat(flink.started()).containsExactly(FlinkJobId.of(id, 1));
    assertThat(store.job(id).state()).isEqualTo(JobState.RUNNING);
  }

  @Test
  void aFinishedJobIsPublishedAndItsBooksBalance() throws Exception {
    UUID id = running(PublishMode.JOB);
    folders.planned(3);
    folders.done(0, 1, 2);
    flink.ends(FlinkJobId.of(id, 1), "FINISHED");

    rounds(1);

    Job job = store.job(id);
    assertThat(job.state()).isEqualTo(JobState.FINISHED);
    assertThat(job.progress().fraction()).isEqualTo(1);
    assertThat(job.progress().counts().rowsWritten()).isEqualTo(30);
    assertThat(tables.published()).containsExactly(0, 1, 2);
    assertThat(folders.manifest(id)).isPresent();
  }

  @Test
  void uploadsThatCannotBeSweptUpDoNotKeepAJobFromFinishing() throws Exception {
    UUID id = running(PublishMode.JOB);
    folders.planned(1);
    folders.done(0);
    folders.unfinishedUploadsStay();
    flink.ends(FlinkJobId.of(id, 1), "FINISHED");

    rounds(1);

    assertThat(store.job(id).state()).isEqualTo(JobState.FINISHED);
    assertThat(tables.published()).containsExactly(0);
  }

  @Test
  void missingRecordsAreNotAFinishedJobButAnotherAttempt() throws Exception {
    UUID id = running(PublishMode.JOB);
    folders.planned(3);
    folders.done(0, 2);
    flink.ends(FlinkJobId.of(id, 1), "FINISHED");
    rounds(3);
    assertThat(flink.started()).containsExactly(FlinkJobId.of(id, 1), FlinkJobId.of(id, 2));
    assertThat(tables.published()).isEmpty();
    folders.done(1);
    flink.ends(FlinkJobId.of(id, 2), "FINISHED");

    rounds(1);

    assertThat(store.job(id).state()).isEqualTo(JobState.FINISHED);
    assertThat(tables.published()).containsExactly(0, 1, 2);
  }

  @Test
  void aForgottenJobGoesOnFromItsNewestCheckpoint() throws Exception {
    UUID id = running(PublishMode.TASK);
    rounds(1);
    flink.forgetsEverything();

    rounds(6);

    assertThat(flink.started()).containsExactly(FlinkJobId.of(id, 1), FlinkJobId.of(id, 2));
    assertThat(flink.startedFrom().get(1)).contains("s3://chk/" + FlinkJobId.of(id, 1));
    assertThat(store.job(id).state()).isEqualTo(JobState.RUNNING);
  }

  @Test
  void anUnreachableFlinkFailsNothing() throws Exception {
    UUID id = running(PublishMode.TASK);
    flink.unreachable(true);
    rounds(50);
    assertThat(store.job(id).state()).isEqualTo(JobState.RECONCILING);
    flink.unreachable(false);

    rounds(1);

    assertThat(store.job(id).state()).isEqualTo(JobState.RUNNING);
    assertThat(flink.started()).hasSize(1);
  }

  @Test
  void aCancelKeepsItsSavepointAndARetryStartsFromIt() throws Exception {
    UUID id = running(PublishMode.TASK);
    folders.planned(4);
    folders.done(0);
    jobs.cancel(ORGANIZATION, id, CALLER);
    rounds(4);
    Job canceled = store.job(id);
    assertThat(canceled.state()).isEqualTo(JobState.CANCELED);
    assertThat(canceled.receipt().orElseThrow().tasksDone()).isEqualTo(1);
    assertThat(canceled.receipt().orElseThrow().savepoint()).isTrue();
    assertThat(tables.published()).containsExactly(0);

    jobs.retry(ORGANIZATION, id, CALLER);
    rounds(2);

    assertThat(flink.startedFrom().get(1)).contains("s3://sp/" + FlinkJobId.of(id, 1));
  }

  @Test
  void aCancelSurvivesRestartsInBetween() throws Exception {
    UUID id = running(PublishMode.TASK);
    flink.repliesAreLost(true);
    jobs.cancel(ORGANIZATION, id, CALLER);

    roundsWithRestarts(5);

    assertThat(store.job(id).state()).isEqualTo(JobState.CANCELED);
    assertThat(store.job(id).attempt().savepoint()).isPresent();
  }

  @Test
  void aCancelThatCannotSaveStillEndsAndSaysSo() throws Exception {
    flink.savepointsFail();
    UUID id = running(PublishMode.JOB);
    folders.planned(2);
    folders.done(0);
    jobs.cancel(ORGANIZATION, id, CALLER);

    rounds(6);

    Job job = store.job(id);
    assertThat(job.state()).isEqualTo(JobState.CANCELED);
    assertThat(job.receipt().orElseThrow().savepoint()).isFalse();
    assertThat(job.receipt().orElseThrow().note()).contains("No savepoint");
    assertThat(tables.published()).isEmpty();
  }

  @Test
  void aCancelBeforeTheStartNeverReachesFlink() throws Exception {
    UUID id = create(PublishMode.TASK);
    jobs.cancel(ORGANIZATION, id, CALLER);

    rounds(2);

    assertThat(store.job(id).state()).isEqualTo(JobState.CANCELED);
    assertThat(flink.started()).isEmpty();
  }

  @Test
  void aRetryBeforeTheCancelHasBegunTakesItBack() throws Exception {
    UUID queued = create(PublishMode.TASK);
    jobs.cancel(ORGANIZATION, queued, CALLER);
    jobs.retry(ORGANIZATION, queued, CALLER);
    rounds(2);
    assertThat(store.job(queued).state()).isEqualTo(JobState.RUNNING);

    jobs.cancel(ORGANIZATION, queued, CALLER);
    jobs.retry(ORGANIZATION, queued, CALLER);
    rounds(4);

    assertThat(store.job(queued).state()).isEqualTo(JobState.RUNNING);
    assertThat(flink.started()).containsExactly(FlinkJobId.of(queued, 1));
  }

  @Test
  void aRetryWhileItIsStoppingTakesItUpAgainOnceItHasStopped() throws Exception {
    UUID id = running(PublishMode.TASK);
    folders.planned(2);
    jobs.cancel(ORGANIZATION, id, CALLER);
    rounds(1);
    assertThat(store.job(id).state()).isEqualTo(JobState.CANCELLING);

    jobs.retry(ORGANIZATION, id, CALLER);
    roundsWithRestarts(6);

    assertThat(store.job(id).state()).isEqualTo(JobState.RUNNING);
    assertThat(flink.startedFrom().get(1)).contains("s3://sp/" + FlinkJobId.of(id, 1));
  }

  @Test
  void theLastWordOfACancelARetryAndACancelCounts() throws Exception {
    UUID id = running(PublishMode.TASK);
    jobs.cancel(ORGANIZATION, id, CALLER);
    rounds(1);
    jobs.retry(ORGANIZATION, id, CALLER);
    jobs.cancel(ORGANIZATION, id, CALLER);

    rounds(6);

    assertThat(store.job(id).state()).isEqualTo(JobState.CANCELED);
    assertThat(flink.started()).hasSize(1);
  }

  @Test
  void aSavepointThatIsGoneCostsAnAttemptAndNothingElse() throws Exception {
    UUID id = running(PublishMode.TASK);
    folders.planned(2);
    jobs.cancel(ORGANIZATION, id, CALLER);
    rounds(4);
    jobs.retry(ORGANIZATION, id, CALLER);
    rounds(1);
    flink.ends(FlinkJobId.of(id, 2), "FAILED");

    rounds(3);

    assertThat(flink.started()).hasSize(3);
    assertThat(flink.startedFrom().get(2)).isEmpty();
  }

  @Test
  void aTaskThatFailedIsNamedAndTheOthersAreKept() throws Exception {
    UUID id = running(PublishMode.TASK);
    folders.planned(2);
    folders.done(0);
    folders.failed(
        new TaskFailure(
            TaskFailure.VERSION,
            OptionalInt.of(1),
            TaskFailure.FailureCode.UNREADABLE,
            "s3://landing/b.gz",
            "unexpected end of gzip stream",
            Instant.EPOCH));
    flink.ends(FlinkJobId.of(id, 1), "FINISHED");

    rounds(1);

    assertThat(store.job(id).state()).isEqualTo(JobState.FAILED);
    assertThat(store.job(id).errors())
        .containsExactly("INDEX 1 s3://landing/b.gz: unexpected end of gzip stream");
    assertThat(tables.published()).containsExactly(0);
  }

  @Test
  void aDeletedJobIsStoppedAndThenGone() throws Exception {
    UUID id = running(PublishMode.TASK);
    jobs.delete(ORGANIZATION, id, CALLER);
    assertThat(jobs.find(ORGANIZATION, id)).isEmpty();

    rounds(6);

    assertThat(store.has(id)).isFalse();
  }

  private UUID running(PublishMode publish) throws InterruptedException {
    UUID id = create(publish);
    rounds(1);
    if (store.job(id).state() != JobState.RUNNING) {
      rounds(1);
    }
    assertThat(store.job(id).state()).isEqualTo(JobState.RUNNING);
    return id;
  }

  private UUID create(PublishMode publish) {
    return jobs.create(TestJobs.request(ORGANIZATION, "job " + UUID.randomUUID(), publish)).id();
  }
}
