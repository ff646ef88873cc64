package io.penstock.control.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.control.job.FailureKind;
import io.penstock.control.job.FakeJobStore;
import io.penstock.control.job.FlinkJobId;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobRequest;
import io.penstock.control.job.JobService;
import io.penstock.control.job.JobState;
import io.penstock.control.job.LoadLimits;
import io.penstock.control.job.LoadRules;
import io.penstock.control.job.LoadRules.Replacement;
import io.penstock.control.job.Principal;
import io.penstock.control.job.TestJobs;
import io.penstock.spec.Accumulators;
import io.penstock.spec.RejectCode;
import io.penstock.spec.S3Access;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Histories of jobs that become visible as a whole, or not at all. */
final class LoadRulesTest {
  private static final UUID ORGANIZATION = UUID.randomUUID();
  private static final Principal CALLER = new Principal(UUID.randomUUID(), "ops");
  private static final S3Access ACCESS =
      new S3Access(Optional.empty(), "us-east-1", true, Optional.empty());

  private final FakeJobStore store = new FakeJobStore();
  private final FakeFlink flink = new FakeFlink();
  private final FakeJobFolders folders = new FakeJobFolders();
  private final FakeTables tables = new FakeTables();
  private final JobService jobs = new JobService(store, Clock.systemUTC(), () -> {});
  private final Reconciler reconciler =
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
          Clock.systemUTC());

  private void rounds(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      reconciler.round();
    }
  }

  private UUID running(LoadRules rules) throws InterruptedException {
    UUID id = jobs.create(TestJobs.request(ORGANIZATION, "job", rules)).id();
    rounds(2);
    assertThat(store.job(id).state()).isEqualTo(JobState.RUNNING);
    return id;
  }

  private Job ended(UUID id) throws InterruptedException {
    flink.ends(FlinkJobId.of(id, 1), "FINISHED");
    rounds(1);
    return store.job(id);
  }

  private static LoadRules rejects(long most) {
    return new LoadRules(
        OptionalLong.of(most), false, false, OptionalInt.empty(), Optional.empty());
  }

  private static LoadRules replacing(boolean withoutInput) {
    return new LoadRules(
        OptionalLong.empty(),
        false,
        false,
        OptionalInt.empty(),
        Optional.of(new Replacement(List.of(), withoutInput)));
  }

  @Test
  void asManyRejectsAsMayBeAreNoFailure() throws Exception {
    UUID id = running(rejects(3));
    folders.planned(2);
    folders.doneWithRejects(0, RejectCode.MALFORMED_ROW, 2);
    folders.doneWithRejects(1, RejectCode.MALFORMED_ROW, 1);

    Job job = ended(id);

    assertThat(job.state()).isEqualTo(JobState.FINISHED);
    assertThat(tables.published()).containsExactly(0, 1);
  }

  @Test
  void oneRejectMoreOverAllTasksFailsTheJobAndNothingIsVisible() throws Exception {
    UUID id = running(rejects(3));
    folders.planned(2);
    folders.doneWithRejects(0, RejectCode.MALFORMED_ROW, 2);
    folders.doneWithRejects(1, RejectCode.MALFORMED_ROW, 2);

    Job job = ended(id);

    assertThat(job.state()).isEqualTo(JobState.FAILED);
    assertThat(job.failure()).contains(FailureKind.TOO_MANY_REJECTS);
    assertThat(job.errors())
        .containsExactly(
            "4 rows were rejected, more than the 3 that may be. The first: s3://landing/k0 line 7:"
                + " it is bad. Row: {\"id\"");
    assertThat(tables.published()).isEmpty();
    assertThat(folders.manifest(id)).isEmpty();
  }

  @Test
  void aJobWithTooManyRejectsIsStoppedWhileItRuns() throws Exception {
    UUID id = running(rejects(3));
    flink.counts(Map.of(Accumulators.ROWS_REJECTED, 4L));

    rounds(1);

    assertThat(store.job(id).state()).isEqualTo(JobState.FAILED);
    assertThat(store.job(id).failure()).contains(FailureKind.TOO_MANY_REJECTS);
    assertThat(flink.state(FlinkJobId.of(id, 1))).isEqualTo("CANCELED");
  }

  @Test
  void rowsThatLostSomethingCountAsRejectedWhereTheJobSaysSo() throws Exception {
    LoadRules strict =
        new LoadRules(
            OptionalLong.of(3),
            false,
            false,
            OptionalInt.empty(),
            Optional.empty(),
            true,
            Optional.empty());
    UUID id = running(strict);
    folders.planned(2);
    folders.doneWithWarnings(0, 2);
    folders.doneWithRejects(1, RejectCode.MALFORMED_ROW, 2);

    Job job = ended(id);

    assertThat(job.failure()).contains(FailureKind.TOO_MANY_REJECTS);
    assertThat(job.errors().get(0)).startsWith("4 rows were rejected or have lost something");
  }

  private static LoadRules limited(LoadLimits limits) {
    return new LoadRules(
        OptionalLong.empty(),
        false,
        false,
        OptionalInt.empty(),
        Optional.empty(),
        false,
        Optional.of(limits));
  }

  @Test
  void moreBucketsOfTimeOrFilesThanMayBeFailTheJobAndNothingIsVisible() throws Exception {
    UUID id = running(limited(new LoadLimits(10, 2, 10)));
    folders.planned(2);
    folders.doneWithPartitions(0, 0, 1, 14);
    folders.doneWithPartitions(1, 15, 31);

    Job job = ended(id);

    assertThat(job.failure()).contains(FailureKind.TOO_MANY_BUCKETS);
    assertThat(job.errors())
        .containsExactly("There are 3 buckets of time, more than the 2 that may be.");
    assertThat(tables.published()).isEmpty();

    UUID other = running(limited(new LoadLimits(10, 3, 4)));

    assertThat(ended(other).failure()).contains(FailureKind.TOO_MANY_PARTITIONS);
  }

  @Test
  void aJobThatFindsMoreObjectsThanMayBeReadIsStoppedWhileItRuns() throws Exception {
    UUID id = running(limited(new LoadLimits(2, 10, 10)));
    folders.planned(3);

    rounds(1);

    assertThat(store.job(id).failure()).contains(FailureKind.TOO_MANY_OBJECTS);
    assertThat(flink.state(FlinkJobId.of(id, 1))).isEqualTo("CANCELED");
  }

  @Test
  void aRowWithoutATimeFailsAJobThatNeedsIt() throws Exception {
    UUID id =
        running(
            new LoadRules(
                OptionalLong.empty(), true, false, OptionalInt.empty(), Optional.empty()));
    folders.planned(2);
    folders.doneWithRejects(0, RejectCode.MALFORMED_ROW, 1);
    folders.doneWithRejects(1, RejectCode.NULL_TIMESTAMP, 1);

    Job job = ended(id);

    assertThat(job.state()).isEqualTo(JobState.FAILED);
    assertThat(job.failure()).contains(FailureKind.NULL_TIME);
    assertThat(job.errors().get(0)).startsWith("s3://landing/k1 line 7");
  }

  @Test
  void aReplacementWhoseInputIsMissingReplacesNothing() throws Exception {
    UUID id = running(replacing(false));
    folders.planned(0);

    Job job = ended(id);

    assertThat(job.state()).isEqualTo(JobState.FAILED);
    assertThat(job.failure()).contains(FailureKind.NO_ROWS);
    assertThat(tables.replacements()).isEmpty();
  }

  @Test
  void aReplacementMayBeWithoutInputIfThatIsSaid() throws Exception {
    UUID id = running(replacing(true));
    folders.planned(0);

    assertThat(ended(id).state()).isEqualTo(JobState.FINISHED);
    assertThat(tables.replacements()).hasSize(1);
  }

  @Test
  void aReplacementThatCannotBeMadeFailsAndSaysWhy() throws Exception {
    tables.refusesToReplace();
    UUID id = running(replacing(false));
    folders.planned(1);
    folders.done(0);

    Job job = ended(id);

    assertThat(job.state()).isEqualTo(JobState.FAILED);
    assertThat(job.errors()).containsExactly("a.parquet has rows inside and outside.");
  }

  @Test
  void aJobTakesNoMoreSlotsThanItMay() throws Exception {
    LoadRules one =
        new LoadRules(OptionalLong.empty(), false, false, OptionalInt.of(1), Optional.empty());

    running(one);

    assertThat(flink.parallelism()).containsExactly(1);
  }

  @Test
  void twoReplacementsOfOneTableGoOneAfterAnother() throws Exception {
    JobRequest first = TestJobs.request(ORGANIZATION, "first", replacing(true));
    JobRequest second = TestJobs.request(ORGANIZATION, "second", replacing(true));
    jobs.create(first);
    jobs.create(TestJobs.onTableOf(first, second));
    jobs.create(TestJobs.request(ORGANIZATION, "elsewhere", replacing(true)));
    rounds(4);
    assertThat(flink.started())
        .hasSize(2)
        .contains(FlinkJobId.of(first.id(), 1))
        .doesNotContain(FlinkJobId.of(second.id(), 1));
    flink.ends(FlinkJobId.of(first.id(), 1), "FINISHED");
    folders.planned(0);

    rounds(3);

    assertThat(flink.started()).contains(FlinkJobId.of(second.id(), 1));
  }

  @Test
  void aPausedJobGoesOnFromItsSavepointAndACanceledPauseStaysCanceled() throws Exception {
    UUID id = running(LoadRules.NONE);
    folders.planned(2);
    jobs.pause(ORGANIZATION, id, CALLER);
    rounds(4);
    assertThat(store.job(id).state()).isEqualTo(JobState.CANCELED);
    assertThat(store.job(id).pausing()).isTrue();

    jobs.retry(ORGANIZATION, id, CALLER);
    assertThat(store.job(id).pausing()).isFalse();
    rounds(2);
    assertThat(flink.startedFrom().get(1)).contains("s3://sp/" + FlinkJobId.of(id, 1));
    jobs.pause(ORGANIZATION, id, CALLER);
    rounds(4);
    jobs.cancel(ORGANIZATION, id, CALLER);

    assertThat(store.job(id).state()).isEqualTo(JobState.CANCELED);
    assertThat(store.job(id).pausing()).isFalse();
  }
}
