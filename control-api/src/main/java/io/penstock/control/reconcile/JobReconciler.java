package io.penstock.control.reconcile;

import io.penstock.control.job.FlinkGateway;
import io.penstock.control.job.FlinkGateway.Observation;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobChanges;
import io.penstock.control.job.JobFolders;
import io.penstock.control.job.JobState;
import io.penstock.control.job.JobStore;
import io.penstock.control.job.LoadRules;
import io.penstock.control.job.Progress;
import io.penstock.control.job.PublishMode;
import io.penstock.control.job.TablePublisher;
import io.penstock.spec.PlanSummary;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** One step for one job: observe, record, act. Used by one thread. */
final class JobReconciler {
  static final String WHO = "reconciler";

  /** Answers of a reachable Flink that it has no such job, before the attempt is lost. */
  private static final int ABSENCES = 3;

  private static final Duration PUBLISH_INTERVAL = Duration.ofSeconds(2);

  private final JobStore store;
  private final FlinkGateway flink;
  private final JobFolders folders;
  private final TablePublisher tables;
  private final Clock clock;
  private final JobEnding ending;
  private final Cancellation cancellation;
  private final Submission submission;
  private final AttemptMemories memories = new AttemptMemories();

  JobReconciler(
      ReconcilerSettings settings,
      JobStore store,
      FlinkGateway flink,
      JobFolders folders,
      TablePublisher tables,
      JobSpecs specs,
      Clock clock) {
    this.store = store;
    this.flink = flink;
    this.folders = folders;
    this.tables = tables;
    this.clock = clock;
    this.ending = new JobEnding(store, folders, tables, clock);
    this.cancellation =
        new Cancellation(settings.savepointPatience(), flink, folders, ending, clock);
    this.submission =
        new Submission(settings.maxParallelism(), flink, folders, specs, store, memories, clock);
  }

  /** Forgets attempts that are over. */
  void forgetAllBut(Set<String> flinkJobIds) {
    memories.keepOnly(flinkJobIds);
  }

  /**
   * @param freeSlots that no other job of this round has been given; empty if unknown
   * @return slots taken
   */
  int step(Job job, Optional<Integer> freeSlots) throws IOException {
    return switch (job.state()) {
      case QUEUED -> queued(job, freeSlots);
      case SUBMITTING -> submitting(job);
      case RUNNING, RECONCILING -> running(job);
      case CANCELLING -> {
        cancellation.step(job, memory(job));
        yield 0;
      }
      case FINISHED, FAILED, CANCELED -> ended(job);
    };
  }

  private int queued(Job job, Optional<Integer> freeSlots) throws IOException {
    if (job.cancelRequested()) {
      ending.canceledWithoutFlink(job, "It had not begun.");
      return 0;
    }
    return submission.begin(job, freeSlots);
  }

  private int submitting(Job job) throws IOException {
    Observation seen = flink.find(job.attempt().flinkJobId());
    if (seen instanceof Observation.Found) {
      save(JobChanges.running(job, now()), "running");
    } else if (seen instanceof Observation.NotFound && job.cancelRequested()) {
      // A submission may still be on its way: what arrives is stopped under its known id.
      cancel(job);
    } else if (seen instanceof Observation.NotFound) {
      return submission.again(job);
    }
    return 0;
  }

  private int running(Job job) throws IOException {
    Observation seen = flink.find(job.attempt().flinkJobId());
    if (seen instanceof Observation.Found found) {
      memory(job).absences = 0;
      Job known =
          job.state() == JobState.RECONCILING
              ? save(JobChanges.running(job, now()), "seen again")
              : job;
      found(known, found);
    } else if (seen instanceof Observation.NotFound) {
      Job missing =
          job.state() == JobState.RUNNING
              ? save(JobChanges.reconciling(job, now()), "not seen")
              : job;
      if (++memory(job).absences >= ABSENCES) {
        lost(missing);
      }
    } else if (job.state() == JobState.RUNNING) {
      save(JobChanges.reconciling(job, now()), "Flink does not answer");
    }
    return 0;
  }

  /** Flink has forgotten the attempt: with it, or ended behind our back. The folder tells. */
  private void lost(Job job) throws IOException {
    Books books = Books.read(folders, job);
    if (job.cancelRequested()) {
      ending.canceledWithoutFlink(job, "Flink had lost the job; no savepoint was taken.");
    } else if (books.allEnded() || !books.failures().isEmpty()) {
      ending.conclude(job, books, Optional.empty());
    } else {
      save(JobChanges.goingOn(job, now(), job.attempt().checkpoint()), "lost; next attempt");
    }
  }

  private void found(Job job, Observation.Found found) throws IOException {
    switch (found.state()) {
      case "FINISHED" -> ending.conclude(job, Books.read(folders, job), Optional.empty());
      case "FAILED" -> failed(job, found.failure());
      case "CANCELED" -> canceledBehindOurBack(job);
      default -> {
        if (job.cancelRequested()) {
          cancel(job);
        } else {
          progress(job, found);
        }
      }
    }
  }

  private void cancel(Job job) throws IOException {
    Job cancelling = save(JobChanges.cancelling(job, now()), "cancelling");
    cancellation.step(cancelling, memory(cancelling));
  }

  private void progress(Job job, Observation.Found found) throws IOException {
    Optional<PlanSummary> plan = plan(job);
    LoadRules rules = job.definition().effectiveRules();
    Optional<LoadVerdict> verdict =
        LoadVerdict.tooMany(rules, ProgressReport.counts(found.accumulators()), Optional.empty())
            .or(() -> LoadVerdict.tooManyObjects(rules, plan));
    if (verdict.isPresent()) {
      flink.cancel(job.attempt().flinkJobId());
      ending.givenUp(job, verdict.get());
      return;
    }
    long published = publishFresh(job);
    Progress progress = ProgressReport.live(job.progress(), plan, found.accumulators(), published);
    Job next = JobChanges.progressed(job, progress, found.checkpoint());
    if (!next.equals(job)) {
      save(next, "");
    }
  }

  /** Who feeds a job without an end knows its plan. */
  private Optional<PlanSummary> plan(Job job) throws IOException {
    return job.definition().continuous() ? Optional.empty() : folders.plan(job.id());
  }

  /** Publishes tasks that have been committed since the last time. */
  private long publishFresh(Job job) throws IOException {
    AttemptMemory memory = memory(job);
    boolean due = memory.publishedAt.plus(PUBLISH_INTERVAL).isBefore(clock.instant());
    if (job.definition().publish() != PublishMode.TASK
        || job.definition().continuous()
        || job.definition().dryRun()
        || !due) {
      return job.progress().published();
    }
    memory.publishedAt = clock.instant();
    Set<Integer> fresh = new HashSet<>(folders.doneTasks(job.id()));
    fresh.removeAll(memory.published);
    if (fresh.isEmpty()) {
      return job.progress().published();
    }
    long published =
        tables.publish(job.definition().table(), job.id(), folders.records(job.id(), fresh));
    memory.published.addAll(fresh);
    return published;
  }

  private void failed(Job job, Optional<String> reason) throws IOException {
    Books books = Books.read(folders, job);
    boolean cannotRestore =
        job.attempt().startFrom().isPresent() && books.failures().isEmpty() && !progressed(job);
    if (job.cancelRequested()) {
      ending.canceledWithoutFlink(
          job, "The job had failed: " + reason.orElse("no reason is known"));
    } else if (cannotRestore) {
      save(
          JobChanges.goingOn(job, now(), Optional.empty()),
          "cannot start from " + job.attempt().startFrom().orElseThrow());
    } else {
      ending.conclude(job, books, Optional.of(reason.orElse("Flink gives no reason")));
    }
  }

  /** Whether the attempt has got as far as a checkpoint of its own. */
  private static boolean progressed(Job job) {
    return job.attempt().checkpoint().isPresent();
  }

  private void canceledBehindOurBack(Job job) throws IOException {
    Books books = Books.read(folders, job);
    ending.conclude(
        job, books, Optional.of("The job was canceled in Flink, not through this API."));
  }

  private int ended(Job job) {
    if (store.deleting(job.id())) {
      ending.sweep(job);
      store.remove(job.id());
    }
    return 0;
  }

  private AttemptMemory memory(Job job) {
    return memories.of(job);
  }

  private Job save(Job job, String what) {
    return store.update(job, WHO, what);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
