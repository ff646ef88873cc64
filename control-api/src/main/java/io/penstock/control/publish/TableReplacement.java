package io.penstock.control.publish;

import io.penstock.control.catalog.SnapshotLedger.JobPublication;
import io.penstock.control.catalog.SnapshotLedger.Publication;
import io.penstock.control.job.JobException;
import io.penstock.control.job.LoadRules;
import io.penstock.spec.PartitionFile;
import io.penstock.spec.TaskRecord;
import io.penstock.spec.TimeSpan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.StrictMetricsEvaluator;
import org.apache.iceberg.io.CloseableIterable;

/** A job's partitions in the place of what is in a table, in one snapshot that names the job. */
final class TableReplacement {
  private final String bucket;
  private final UUID jobId;
  private final List<TaskRecord> tasks;
  private final String timeColumn;
  private final LoadRules.Replacement replacement;

  TableReplacement(
      String bucket,
      UUID jobId,
      List<TaskRecord> tasks,
      String timeColumn,
      LoadRules.Replacement replacement) {
    this.bucket = bucket;
    this.jobId = jobId;
    this.tasks = tasks;
    this.timeColumn = timeColumn;
    this.replacement = replacement;
  }

  /**
   * @return the job's rows in the table
   */
  long once(Table table, Publications publications) {
    Optional<Publication> before = publications.of(jobId);
    if (before.isPresent()) {
      return before.get().rows();
    }
    Expression filter = filter();
    refuseFilesAcross(table, filter);
    OverwriteFiles overwrite = table.newOverwrite().overwriteByRowFilter(filter);
    DataFileMaker files = new DataFileMaker(bucket, table.schema());
    Set<Integer> added = new TreeSet<>();
    long rows = 0;
    long rawBytes = 0;
    for (TaskRecord record : tasks) {
      rawBytes += record.counts().decodedBytes();
      for (PartitionFile partition : record.partitions()) {
        overwrite.addFile(files.of(partition));
        added.add(record.task().number());
        rows += partition.rows();
      }
    }
    SnapshotSummary.write(overwrite, new JobPublication(jobId, added, rows), rawBytes);
    // A commit is put on top of whatever is newest by then, which may be this one already.
    overwrite.validateWith(ancestors -> publications.of(jobId).isEmpty());
    overwrite.commit();
    return rows;
  }

  private Expression filter() {
    if (replacement.intervals().isEmpty()) {
      return Expressions.alwaysTrue();
    }
    Expression all = Expressions.alwaysFalse();
    for (TimeSpan one : replacement.intervals()) {
      all =
          Expressions.or(
              all,
              Expressions.and(
                  Expressions.greaterThanOrEqual(timeColumn, micros(one.from())),
                  Expressions.lessThan(timeColumn, micros(one.to()))));
    }
    return all;
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  /** A file goes or stays as a whole: none may have rows on both sides. */
  private void refuseFilesAcross(Table table, Expression filter) {
    StrictMetricsEvaluator whole = new StrictMetricsEvaluator(table.schema(), filter);
    try (CloseableIterable<FileScanTask> touched =
        table.newScan().filter(filter).includeColumnStats().planFiles()) {
      for (FileScanTask task : touched) {
        if (!whole.eval(task.file())) {
          throw new JobException.CannotReplace(
              "%s has rows inside and outside of %s; replace an interval that its rows are all in."
                  .formatted(task.file().location(), replacement.intervals()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the scan of " + table.name(), e);
    }
  }
}
