package io.penstock.control.reconcile;

import io.penstock.control.job.Attempt;
import io.penstock.control.job.CancelReceipt;
import io.penstock.control.job.FlinkGateway;
import io.penstock.control.job.FlinkGateway.Observation;
import io.penstock.control.job.FlinkGateway.SavepointOutcome;
import io.penstock.control.job.FlinkJobId;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobChanges;
import io.penstock.control.job.JobFolders;
import io.penstock.control.job.JobState;
import io.penstock.control.job.JobStore;
import io.penstock.control.job.Progress;
import io.penstock.control.job.PublishMode;
import io.penstock.control.job.TablePublisher;
import io.penstock.spec.JobSpec;
import io.penstock.spec.Manifest;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One step for one job: observe, record, act. Used by one thread. */
final class JobReconciler {
  private static final String WHO = "reconciler";

  /** Answers of a reachable Flink that it has no such job, before the attempt is lost. */
  private static final int ABSENCES = 3;

  /** Attempts that end without a single task done. */
  private static final int FRUITLESS_ATTEMPTS = 3;

  /** Attempts altogether that are made without anybody asking. */
  private static final int MOST_ATTEMPTS = 9;

  private static final Duration PUBLISH_INTERVAL = Duration.ofSeconds(2);

  private final ReconcilerSettings settings;
  private final JobStore store;
  private final FlinkGateway flink;
  private final JobFolders folders;
  private final TablePublisher tables;
  private final JobSpecs specs;
  private final Clock clock;
  private final Map<String, Memory> memories = new HashMap<>();

  JobReconciler(
      ReconcilerSettings settings,
      JobStore store,
      FlinkGateway flink,
      JobFolders folders,
      TablePublisher tables,
      JobSpecs specs,
      Clock clock) {
    this.settings = settings;
    this.store = store;
    this.flink = flink;
    this.folders = folders;
    this.tables = tables;
    this.specs = specs;
    this.clock = clock;
  }

  /** What is worth remembering of an attempt between rounds; losing it costs time only. */
  private static final class Memory {
    private int absences;
    private int stopTries;
    private Optional<Instant> stopAsked = Optional.empty();
    private boolean hardCancel;
    private String note = "";
    private Instant publishedAt = Instant.EPOCH;
    private final Set<Integer> published = new HashSet<>();
  }

  /** Forgets attempts that are over. */
  void forgetAllBut(Set<String> flinkJobIds) {
    memories.keySet().retainAll(flinkJobIds);
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
      case CANCELLING -> cancelling(job);
      case FINISHED, FAILED, CANCELED -> ended(job);
    };
  }

  private int queued(Job job, Optional<Integer> freeSlots) throws IOException {
    if (job.cancelRequested()) {
      cancelWithoutFlink(job, "It had not begun.");
      return 0;
    }
    if (freeSlots.isEmpty() || freeSlots.get() < 1) {
      return 0;
    }
    return submit(save(JobChanges.submitting(job, now()), "submitting"), freeSlots.get());
  }

  /** The intent is recorded: after a crash the id is looked up before anything is sent again. */
  private int submit(Job job, int freeSlots) throws IOException {
    JobSpec spec;
    try {
      spec = specs.of(job);
    } catch (IllegalStateException e) {
      Books books = Books.read(folders, job);
      Progress progress = ProgressReport.ended(job.progress(), books, false, false, 0);
      save(JobChanges.failed(job, now(), progress, List.of(e.getMessage())), "failed");
      return 0;
    }
    int parallelism = Math.max(1, Math.min(freeSlots, settings.maxParallelism()));
    Attempt attempt = job.attempt();
    FlinkGateway.SubmitOutcome outcome =
        flink.submit(attempt.flinkJobId(), spec, parallelism, attempt.startFrom());
    if (outcome instanceof FlinkGateway.SubmitOutcome.Accepted) {
      save(JobChanges.running(job, now()), "running");
    } else if (outcome instanceof FlinkGateway.SubmitOutcome.Unknown unknown) {
      memory(job).note = unknown.reason();
    }
    return parallelism;
  }

  private int submitting(Job job) throws IOException {
    Observation seen = flink.find(job.attempt().flinkJobId());
    if (seen instanceof Observation.Found) {
      save(JobChanges.running(job, now()), "running");
      return 0;
    }
    if (seen instanceof Observation.NotFound) {
      if (job.cancelRequested()) {
        // A submission may still be on its way: what arrives is stopped under its known id.
        return cancelling(save(JobChanges.cancelling(job, now()), "cancelling"));
      }
      int free = flink.freeSlots().orElse(0);
      if (++memory(job).absences > ABSENCES * FRUITLESS_ATTEMPTS) {
        Progress progress =
            ProgressReport.ended(
                job.progress(), Books.read(folders, job), false, false, job.progress().published());
        String reason = "Flink does not start the job: " + memory(job).note;
        save(JobChanges.failed(job, now(), progress, List.of(reason)), "failed");
        return 0;
      }
      return free < 1 ? 0 : submit(job, free);
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
      cancelWithoutFlink(job, "Flink had lost the job; no savepoint was taken.");
    } else if (books.allEnded() || !books.failures().isEmpty()) {
      conclude(job, books, Optional.empty());
    } else {
      save(JobChanges.goingOn(job, now(), job.attempt().checkpoint()), "lost; next attempt");
    }
  }

  private void found(Job job, Observation.Found found) throws IOException {
    switch (found.state()) {
      case "FINISHED" -> conclude(job, Books.read(folders, job), Optional.empty());
      case "FAILED" -> failed(job, found.failure());
      case "CANCELED" -> canceledBehindOurBack(job);
      default -> {
        if (job.cancelRequested()) {
          cancelling(save(JobChanges.cancelling(job, now()), "cancelling"));
        } else {
          progress(job, found);
        }
      }
    }
  }

  private void progress(Job job, Observation.Found found) throws IOException {
    long published = publishFresh(job);
    Progress progress =
        ProgressReport.live(
            job.progress(), folders.plan(job.id()), found.accumulators(), published);
    Job next = JobChanges.progressed(job, progress, found.checkpoint());
    if (!next.equals(job)) {
      save(next, "");
    }
  }

  /** Publishes tasks that have been committed since the last time. */
  private long publishFresh(Job job) throws IOException {
    Memory memory = memory(job);
    boolean due = memory.publishedAt.plus(PUBLISH_INTERVAL).isBefore(clock.instant());
    if (job.definition().publish() != PublishMode.TASK || job.definition().dryRun() || !due) {
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
      cancelWithoutFlink(job, "The job had failed: " + reason.orElse("no reason is known"));
    } else if (cannotRestore) {
      save(
          JobChanges.goingOn(job, now(), Optional.empty()),
          "cannot start from " + job.attempt().startFrom().orElseThrow());
    } else {
      conclude(job, books, Optional.of(reason.orElse("Flink gives no reason")));
    }
  }

  /** Whether the attempt has got as far as a checkpoint of its own. */
  private static boolean progressed(Job job) {
    return job.attempt().checkpoint().isPresent();
  }

  private void canceledBehindOurBack(Job job) throws IOException {
    Books books = Books.read(folders, job);
    conclude(job, books, Optional.of("The job was canceled in Flink, not through this API."));
  }

  /**
   * The attempt is over.
   *
   * @param reason why Flink failed it; absent if it ended by itself
   */
  private void conclude(Job job, Books books, Optional<String> reason) throws IOException {
    boolean complete = reason.isEmpty() && books.allEnded() && books.failures().isEmpty();
    if (complete && books.counts().balanced()) {
      finish(job, books);
      return;
    }
    List<String> errors = books.errors();
    if (complete) {
      TaskCounts c = books.counts();
      errors =
          List.of(
              "The books do not balance: %d rows were read; %d written, %d filtered, %d rejected."
                  .formatted(c.rowsRead(), c.rowsWritten(), c.rowsFiltered(), c.rowsRejected()));
    } else if (errors.isEmpty() && reason.isPresent()) {
      errors = List.of(reason.get());
    } else if (errors.isEmpty() || (reason.isEmpty() && !books.allEnded())) {
      if (worthAnotherAttempt(job, books)) {
        save(JobChanges.goingOn(job, now(), Optional.empty()), "tasks are missing; next attempt");
        return;
      }
      errors = List.of("Flink ended the job again and again without having done every task.");
    }
    long published = publishDone(job, books);
    Progress progress = ProgressReport.ended(job.progress(), books, false, false, published);
    save(JobChanges.failed(job, now(), progress, errors), "failed");
  }

  private static boolean worthAnotherAttempt(Job job, Books books) {
    int most = books.records().isEmpty() ? FRUITLESS_ATTEMPTS : MOST_ATTEMPTS;
    return job.attempt().number() < most;
  }

  private void finish(Job job, Books books) throws IOException {
    folders.writeManifest(
        new Manifest(
            Manifest.VERSION,
            job.id(),
            books.plan().orElseThrow(),
            books.counts(),
            books.partitions()));
    long published = publish(job, books.records());
    folders.abortUploads(job.definition().table(), job.id());
    Progress progress = ProgressReport.ended(job.progress(), books, true, false, published);
    save(JobChanges.finished(job, now(), progress, books.warnings()), "finished");
  }

  /** Of a job that did not finish, whole tasks are visible or nothing is. */
  private long publishDone(Job job, Books books) {
    return job.definition().publish() == PublishMode.TASK ? publish(job, books.records()) : 0;
  }

  private long publish(Job job, List<TaskRecord> records) {
    return job.definition().dryRun() || records.isEmpty()
        ? 0
        : tables.publish(job.definition().table(), job.id(), records);
  }

  private int cancelling(Job job) throws IOException {
    Memory memory = memory(job);
    Attempt attempt = job.attempt();
    Observation seen = flink.find(attempt.flinkJobId());
    if (seen instanceof Observation.Unreachable) {
      return 0;
    }
    if (seen instanceof Observation.NotFound) {
      if (++memory.absences >= ABSENCES) {
        cancelWithoutFlink(job, "Flink has no such job; no savepoint was taken.");
      }
      return 0;
    }
    Observation.Found found = (Observation.Found) seen;
    UUID trigger = FlinkJobId.stopTrigger(job.id(), attempt.number(), memory.stopTries);
    boolean over = Set.of("FINISHED", "CANCELED", "FAILED").contains(found.state());
    if (memory.stopAsked.isEmpty()) {
      if (over) {
        endedWhileCancelling(job, found, trigger);
        return 0;
      }
      memory.stopAsked = Optional.of(clock.instant());
    }
    SavepointOutcome savepoint = flink.savepoint(attempt.flinkJobId(), trigger);
    if (savepoint instanceof SavepointOutcome.Completed completed) {
      if (over) {
        stopped(job, Optional.of(completed.path()), "Stopped with a savepoint.");
      }
    } else if (over) {
      endedWhileCancelling(job, found, trigger);
    } else if (memory.hardCancel) {
      flink.cancel(attempt.flinkJobId());
    } else if (memory.stopTries > 0 && patienceIsOver(memory)) {
      memory.hardCancel = true;
      memory.note = "No savepoint could be taken in time; stopped without one.";
      flink.cancel(attempt.flinkJobId());
    } else if (savepoint instanceof SavepointOutcome.Failed) {
      // Also before the first request: nothing is known of a savepoint nobody asked for.
      memory.stopTries++;
      flink.stop(
          attempt.flinkJobId(),
          FlinkJobId.stopTrigger(job.id(), attempt.number(), memory.stopTries));
    }
    return 0;
  }

  private boolean patienceIsOver(Memory memory) {
    return memory
        .stopAsked
        .map(asked -> asked.plus(settings.savepointPatience()).isBefore(clock.instant()))
        .orElse(false);
  }

  /** It ended by itself, or by a savepoint asked for before a restart of this process. */
  private void endedWhileCancelling(Job job, Observation.Found found, UUID trigger)
      throws IOException {
    Books books = Books.read(folders, job);
    if (found.state().equals("FINISHED") && books.allEnded() && books.failures().isEmpty()) {
      conclude(job, books, Optional.empty());
      return;
    }
    Optional<String> path = anySavepoint(job, trigger);
    String note = memory(job).note;
    stopped(job, path, note.isEmpty() ? "The job ended while it was being stopped." : note);
  }

  /** Also one that was asked for before a restart of this process. */
  private Optional<String> anySavepoint(Job job, UUID trigger) {
    Attempt attempt = job.attempt();
    UUID first = FlinkJobId.stopTrigger(job.id(), attempt.number(), 1);
    for (UUID one : List.of(trigger, first)) {
      if (flink.savepoint(attempt.flinkJobId(), one)
          instanceof SavepointOutcome.Completed completed) {
        return Optional.of(completed.path());
      }
    }
    return Optional.empty();
  }

  private void cancelWithoutFlink(Job job, String note) throws IOException {
    stopped(job, job.attempt().startFrom(), note);
  }

  private void stopped(Job job, Optional<String> savepoint, String note) throws IOException {
    Books books = Books.read(folders, job);
    long published = publishDone(job, books);
    int done = books.records().size();
    int begun =
        job.progress().tasks().getOrDefault(Progress.TaskState.RUNNING, 0)
            + job.progress().tasks().getOrDefault(Progress.TaskState.DONE, 0);
    int left = Math.max(0, books.planned() - done - books.failedTasks());
    int givenUp = Math.min(left, Math.max(0, begun - done));
    CancelReceipt receipt =
        new CancelReceipt(done, givenUp, left - givenUp, savepoint.isPresent(), note);
    Progress progress = ProgressReport.ended(job.progress(), books, false, true, published);
    save(JobChanges.canceled(job, now(), progress, receipt, savepoint), "canceled");
  }

  private int ended(Job job) throws IOException {
    if (store.deleting(job.id())) {
      folders.abortUploads(job.definition().table(), job.id());
      store.remove(job.id());
    }
    return 0;
  }

  private Memory memory(Job job) {
    return memories.computeIfAbsent(job.attempt().flinkJobId(), id -> new Memory());
  }

  private Job save(Job job, String what) {
    return store.update(job, WHO, what);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
