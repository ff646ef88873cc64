package io.penstock.control.reconcile;

import io.penstock.control.job.FailureKind;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobFolders;
import io.penstock.control.job.LoadLimits;
import io.penstock.control.job.LoadRules;
import io.penstock.spec.PlanSummary;
import io.penstock.spec.RejectCode;
import io.penstock.spec.RejectFile;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TaskCounts;
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
    Optional<LoadVerdict> rejects = tooMany(rules, books.counts(), sample(books));
    if (rejects.isPresent()) {
      return rejects;
    }
    if (rules.needsTime()) {
      Optional<RejectedRow> row = rowWithoutTime(job, books, folders);
      if (row.isPresent()) {
        return Optional.of(new LoadVerdict(FailureKind.NULL_TIME, shown(row.get())));
      }
    }
    Optional<LoadVerdict> size = tooLarge(job, books);
    if (size.isPresent()) {
      return size;
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
   * @param counts so far
   * @param sample a rejected row
   */
  static Optional<LoadVerdict> tooMany(
      LoadRules rules, TaskCounts counts, Optional<RejectedRow> sample) {
    long rejected = counts.rowsRejected() + (rules.countsWarnings() ? counts.rowsWithWarning() : 0);
    if (rules.maxRejects().isEmpty() || rejected <= rules.maxRejects().getAsLong()) {
      return Optional.empty();
    }
    return Optional.of(
        new LoadVerdict(
            FailureKind.TOO_MANY_REJECTS,
            "%d rows were rejected%s, more than the %d that may be.%s"
                .formatted(
                    rejected,
                    rules.countsWarnings() ? " or have lost something" : "",
                    rules.maxRejects().getAsLong(),
                    sample.map(row -> " The first: " + shown(row)).orElse(""))));
  }

  /** Known as soon as they are planned. */
  static Optional<LoadVerdict> tooManyObjects(LoadRules rules, Optional<PlanSummary> plan) {
    long objects = plan.map(PlanSummary::objectsSelected).orElse(0L);
    return rules
        .limits()
        .filter(limits -> objects > limits.maxObjects())
        .map(
            limits ->
                tooMany(
                    FailureKind.TOO_MANY_OBJECTS, objects, "objects to read", limits.maxObjects()));
  }

  private static Optional<LoadVerdict> tooLarge(Job job, Books books) {
    LoadRules rules = job.definition().effectiveRules();
    Optional<LoadVerdict> objects = tooManyObjects(rules, books.plan());
    if (objects.isPresent() || rules.limits().isEmpty()) {
      return objects;
    }
    LoadLimits limits = rules.limits().get();
    long buckets = books.timeBuckets(job.definition().limits().maxSpan());
    if (buckets > limits.maxBuckets()) {
      return Optional.of(
          tooMany(FailureKind.TOO_MANY_BUCKETS, buckets, "buckets of time", limits.maxBuckets()));
    }
    return books.partitions() > limits.maxPartitions()
        ? Optional.of(
            tooMany(
                FailureKind.TOO_MANY_PARTITIONS,
                books.partitions(),
                "output files",
                limits.maxPartitions()))
        : Optional.empty();
  }

  private static LoadVerdict tooMany(FailureKind kind, long count, String what, long most) {
    return new LoadVerdict(
        kind, "There are %d %s, more than the %d that may be.".formatted(count, what, most));
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
