package io.penstock.job.scan;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnType;
import io.penstock.spec.export.ExportQuery;
import io.penstock.spec.export.TableColumn;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is read of files.
 *
 * @param columns in the order of a batch's columns
 * @param firstColumn of these in a batch: those before it are left to who computes them
 * @param times row groups that can have none of these rows are not read; rows of the others are all
 *     delivered
 */
public record ScanColumns(List<TableColumn> columns, int firstColumn, Optional<Times> times) {
  public ScanColumns {
    columns = List.copyOf(columns);
  }

  /** What a query reads; its outputs are the columns before. */
  public static ScanColumns of(ExportQuery query) {
    return new ScanColumns(
        query.columns(), query.outputs().size(), query.interval().map(Times::of));
  }

  /**
   * Microseconds since the epoch.
   *
   * @param column index among the columns
   * @param from inclusive
   * @param to exclusive
   */
  public record Times(int column, long from, long to) {
    /** Bounds that are no whole microsecond move to the next: vectors have none between. */
    static Times of(ExportQuery.Interval interval) {
      return new Times(
          interval.timeColumn(),
          interval.start().map(Times::micros).orElse(Long.MIN_VALUE),
          micros(interval.end()));
    }

    private static long micros(Instant instant) {
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, instant);
      return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).isBefore(instant) ? micros + 1 : micros;
    }
  }

  RowBatch newBatch() {
    ColumnVector[] vectors = new ColumnVector[firstColumn + columns.size()];
    // What is computed takes the place of these.
    Arrays.fill(vectors, 0, firstColumn, new ColumnVector(ColumnType.STRING));
    for (int i = 0; i < columns.size(); i++) {
      vectors[firstColumn + i] = new ColumnVector(columns.get(i).type());
    }
    return new RowBatch(vectors);
  }
}
