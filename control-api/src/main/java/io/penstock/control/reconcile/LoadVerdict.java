package io.penstock.control.reconcile;

import io.penstock.control.job.FailureKind;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobFolders;
import io.penstock.control.job.LoadRules;
import io.penstock.spec.PlanSummary;
import io.penstock.spec.RejectCode;
import io.penstock.spec.RejectFile;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Why a job may not become visible although all of its tasks are done.
 *
 * @param reason a sentence for the user
 */
record LoadVerdict(FailureKind kind, String reason) {

  /** Empty if nothing stands against it. */
  static Optional<LoadVerdict> of(Job job, Books books, JobFolders folders) throws IOException {
    LoadRules rules = job.definition().effectiveRules();
    Optional<LoadVerdict> rejects = tooMany(rules, books.counts().rowsRejected(), sample(books));
    if (rejects.isPresent()) {
      return rejects;
    }
    if (rules.needsTime()) {
      Optional<RejectedRow> row = rowWithoutTime(job, books, folders);
      if (row.isPresent()) {
        return Optional.of(new LoadVerdict(FailureKind.NULL_TIME, shown(row.get())));
      }
    }
    long objects = books.plan().map(PlanSummary::objectsSelected).orElse(0L);
    if (objects == 0 && rules.replaces().filter(r -> !r.withoutInput()).isPresent()) {
      return Optional.of(
          new LoadVerdict(
              FailureKind.NO_ROWS, "No input object was found, so nothing was replaced."));
    }
    if (rules.needsRows() && books.counts().rowsWritten() == 0) {
      return Optional.of(new LoadVerdict(FailureKind.NO_ROWS, "No row was loaded."));
    }
    return Optional.empty();
  }

  /**
   * @param rejected so far
   * @param sample one of them
   */
  static Optional<LoadVerdict> tooMany(
      LoadRules rules, long rejected, Optional<RejectedRow> sample) {
    if (rules.maxRejects().isEmpty() || rejected <= rules.maxRejects().getAsLong()) {
      return Optional.empty();
    }
    return Optional.of(
        new LoadVerdict(
            FailureKind.TOO_MANY_REJECTS,
            "%d rows were rejected, more than the %d that may be.%s"
                .formatted(
                    rejected,
                    rules.maxRejects().getAsLong(),
                    sample.map(row -> " The first: " + shown(row)).orElse(""))));
  }

  private static Optional<RejectedRow> sample(Books books) {
    return books.records().stream()
        .flatMap(record -> record.rejects().stream())
        .map(RejectFile::samples)
        .flatMap(samples -> samples.stream().limit(1))
        .findFirst();
  }

  /** Values that cannot be converted leave a row without a time as much as missing ones. */
  private static Optional<RejectedRow> rowWithoutTime(Job job, Books books, JobFolders folders)
      throws IOException {
    String time = job.definition().transform().timeColumn();
    AtomicReference<RejectedRow> found = new AtomicReference<>();
    Set<Integer> tasks = folders.tasksWithRejects(job.id());
    for (TaskRecord record : books.records()) {
      int task = record.task().number();
      if (found.get() == null && tasks.contains(task)) {
        folders.rejects(
            job.id(),
            task,
            row -> {
              boolean timeless =
                  row.code() == RejectCode.NULL_TIMESTAMP
                      || row.column().filter(time::equals).isPresent();
              if (timeless && found.get() == null) {
                found.set(row);
              }
            });
      }
    }
    return Optional.ofNullable(found.get());
  }

  private static String shown(RejectedRow row) {
    return "%s line %d: %s. Row: %s"
        .formatted(row.object(), row.line(), row.reason(), row.row().or(row::rowBase64).orElse(""));
  }
}
