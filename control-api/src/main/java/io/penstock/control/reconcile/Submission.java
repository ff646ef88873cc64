package io.penstock.control.reconcile;

import io.penstock.control.job.Attempt;
import io.penstock.control.job.FlinkGateway;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobChanges;
import io.penstock.control.job.JobFolders;
import io.penstock.control.job.JobStore;
import io.penstock.control.job.Progress;
import io.penstock.spec.JobSpec;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Brings an attempt to Flink, once also when the answer is lost. For one thread. */
final class Submission {
  /** Rounds in which Flink neither takes the job nor has it. */
  private static final int VAIN_SUBMISSIONS = 9;

  /** What fails at once may fail for long, and a job without an end is taken up for ever. */
  private static final Duration PAUSE_AFTER_ERRORS = Duration.ofSeconds(15);

  private final int maxParallelism;
  private final FlinkGateway flink;
  private final JobFolders folders;
  private final JobSpecs specs;
  private final JobStore store;
  private final AttemptMemories memories;
  private final Clock clock;

  /**
   * @param maxParallelism slots one job may take
   */
  Submission(
      int maxParallelism,
      FlinkGateway flink,
      JobFolders folders,
      JobSpecs specs,
      JobStore store,
      AttemptMemories memories,
      Clock clock) {
    this.maxParallelism = maxParallelism;
    this.flink = flink;
    this.folders = folders;
    this.specs = specs;
    this.store = store;
    this.memories = memories;
    this.clock = clock;
  }

  /**
   * Submits a queued job if there is room.
   *
   * @param freeSlots empty if unknown
   * @return slots taken
   */
  int begin(Job job, Optional<Integer> freeSlots) throws IOException {
    if (freeSlots.isEmpty() || freeSlots.get() < 1 || pausing(job)) {
      return 0;
    }
    // The intent is recorded: after a crash the id is looked up before anything is sent again.
    return submit(save(JobChanges.submitting(job, now()), "submitting"), freeSlots.get());
  }

  private boolean pausing(Job job) {
    return job.definition().continuous()
        && !job.errors().isEmpty()
        && clock.instant().isBefore(job.changedAt().plus(PAUSE_AFTER_ERRORS));
  }

  /**
   * Flink does not have what was submitted.
   *
   * @return slots taken
   */
  int again(Job job) throws IOException {
    int free = flink.freeSlots().orElse(0);
    if (++memories.of(job).absences > VAIN_SUBMISSIONS) {
      Progress progress =
          ProgressReport.ended(
              job.progress(), Books.read(folders, job), false, false, job.progress().published());
      fail(job, progress, "Flink does not start the job: " + memories.of(job).note);
      return 0;
    }
    return free < 1 ? 0 : submit(job, free);
  }

  private int submit(Job job, int freeSlots) throws IOException {
    JobSpec spec;
    try {
      spec = specs.of(job);
    } catch (IllegalStateException e) {
      Books books = Books.read(folders, job);
      fail(job, ProgressReport.ended(job.progress(), books, false, false, 0), e.getMessage());
      return 0;
    }
    int most = job.definition().effectiveRules().maxSlots().orElse(maxParallelism);
    int parallelism = Math.max(1, Math.min(freeSlots, Math.min(most, maxParallelism)));
    Attempt attempt = job.attempt();
    FlinkGateway.SubmitOutcome outcome =
        flink.submit(attempt.flinkJobId(), spec, parallelism, attempt.startFrom());
    if (outcome instanceof FlinkGateway.SubmitOutcome.Accepted) {
      save(JobChanges.running(job, now()), "running");
    } else if (outcome instanceof FlinkGateway.SubmitOutcome.Unknown unknown) {
      memories.of(job).note = unknown.reason();
    }
    return parallelism;
  }

  private void fail(Job job, Progress progress, String reason) {
    save(JobChanges.failed(job, now(), progress, List.of(reason)), "failed");
  }

  private Job save(Job job, String what) {
    return store.update(job, JobReconciler.WHO, what);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
