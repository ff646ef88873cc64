package io.penstock.control.reconcile;

import io.penstock.control.job.CancelReceipt;
import io.penstock.control.job.FailureKind;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobChanges;
import io.penstock.control.job.JobException;
import io.penstock.control.job.JobFolders;
import io.penstock.control.job.JobStore;
import io.penstock.control.job.LoadRules;
import io.penstock.control.job.Progress;
import io.penstock.control.job.PublishMode;
import io.penstock.control.job.TablePublisher;
import io.penstock.spec.Manifest;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a job whose attempt is over: finished, failed, canceled, or one attempt more. */
final class JobEnding {
  private static final Logger LOG = LoggerFactory.getLogger(JobEnding.class);

  /** Attempts that end without a single task done. */
  private static final int FRUITLESS_ATTEMPTS = 3;

  /** Attempts altogether that are made without anybody asking. */
  private static final int MOST_ATTEMPTS = 9;

  private final JobStore store;
  private final JobFolders folders;
  private final TablePublisher tables;
  private final Clock clock;

  JobEnding(JobStore store, JobFolders folders, TablePublisher tables, Clock clock) {
    this.store = store;
    this.folders = folders;
    this.tables = tables;
    this.clock = clock;
  }

  /**
   * The attempt is over.
   *
   * @param reason why Flink failed it; absent if it ended by itself
   */
  void conclude(Job job, Books books, Optional<String> reason) throws IOException {
    if (job.definition().continuous()) {
      goOn(job, books, reason);
      return;
    }
    boolean complete = reason.isEmpty() && books.allEnded() && books.failures().isEmpty();
    if (complete && books.counts().balanced()) {
      Optional<LoadVerdict> verdict = LoadVerdict.of(job, books, folders);
      if (verdict.isPresent()) {
        fail(job, books, verdict.get().kind(), List.of(verdict.get().reason()));
      } else {
        finish(job, books);
      }
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
    fail(job, books, books.failureKind(), errors);
  }

  private void fail(Job job, Books books, FailureKind kind, List<String> errors) {
    long published = publishDone(job, books);
    Progress progress = ProgressReport.ended(job.progress(), books, false, false, published);
    save(JobChanges.failed(job, now(), progress, kind, errors), "failed");
  }

  /** It is over although tasks are left: too many of its rows were rejected. */
  void givenUp(Job job, LoadVerdict verdict) throws IOException {
    fail(job, Books.read(folders, job), verdict.kind(), List.of(verdict.reason()));
    sweep(job);
  }

  /** A job without an end is over when somebody stops it; until then the next attempt follows. */
  private void goOn(Job job, Books books, Optional<String> reason) {
    List<String> errors =
        books.errors().isEmpty()
            ? List.of(reason.orElse("Flink ended the job, which nobody had asked for."))
            : books.errors();
    Optional<String> newest = job.attempt().checkpoint();
    save(JobChanges.goingOn(job, now(), newest, errors), "ended; next attempt");
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
    long published;
    try {
      published = publish(job, books.records());
    } catch (JobException.CannotReplace e) {
      fail(job, books, FailureKind.OTHER, List.of(e.getMessage()));
      return;
    }
    sweep(job);
    if (job.definition().transform().rollup().isPresent()) {
      deleteRuns(job);
    }
    Progress progress = ProgressReport.ended(job.progress(), books, true, false, published);
    save(JobChanges.finished(job, now(), progress, books.warnings()), "finished");
  }

  private void deleteRuns(Job job) {
    try {
      folders.deleteRuns(job.id());
    } catch (IOException e) {
      LOG.warn("jobId={} leaves files behind that were merged: {}", job.id(), e.getMessage());
    }
  }

  /** Gives up what dead attempts left half-written: nobody sees it, and no job waits for that. */
  void sweep(Job job) {
    try {
      folders.abortUploads(job.definition().table(), job.id());
    } catch (IOException e) {
      LOG.warn("jobId={} may leave unfinished uploads behind: {}", job.id(), e.getMessage());
    }
  }

  /** Of a job that did not finish, whole tasks are visible or nothing is. */
  private long publishDone(Job job, Books books) {
    return job.definition().publish() == PublishMode.TASK ? publish(job, books.records()) : 0;
  }

  private long publish(Job job, List<TaskRecord> records) {
    Optional<LoadRules.Replacement> replaces = job.definition().effectiveRules().replaces();
    if (replaces.isPresent() && !job.definition().dryRun()) {
      return tables.replace(
          job.definition().table(),
          job.id(),
          records,
          job.definition().transform().timeColumn(),
          replaces.get());
    }
    return job.definition().dryRun() || records.isEmpty()
        ? 0
        : tables.publish(job.definition().table(), job.id(), records);
  }

  void canceledWithoutFlink(Job job, String note) throws IOException {
    stopped(job, job.attempt().startFrom(), note);
  }

  void stopped(Job job, Optional<String> savepoint, String note) throws IOException {
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
    Job stopped = JobChanges.canceled(job, now(), progress, receipt, savepoint);
    if (job.cancelRequested()) {
      save(stopped, "canceled");
    } else {
      save(JobChanges.retried(stopped, now(), job.modifiedBy()), "stopped, and taken up again");
    }
  }

  private void save(Job job, String what) {
    store.update(job, JobReconciler.WHO, what);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
