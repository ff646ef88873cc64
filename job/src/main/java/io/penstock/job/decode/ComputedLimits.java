package io.penstock.job.decode;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.IntegerRange;
import io.penstock.spec.RejectCode;
import io.penstock.spec.TimeLimits;
import io.penstock.spec.TransformSpec;
import io.penstock.spec.expression.Expression;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what was computed within what a column takes: a number outside of its range, or a time
 * outside of its limits, is null and its row one with a warning; a time too far in the future
 * rejects its row.
 */
final class ComputedLimits implements BatchStep {
  private final int column;
  private final long first;
  private final long last;
  private final long precision;
  private final Optional<Instant> notAfter;
  private final ColumnVector kept;

  private ComputedLimits(
      int column,
      ColumnType type,
      long first,
      long last,
      long precision,
      Optional<Instant> notAfter) {
    this.column = column;
    this.first = first;
    this.last = last;
    this.precision = precision;
    this.notAfter = notAfter;
    this.kept = new ColumnVector(type);
  }

  /** One for each computed column that has limits. */
  static List<BatchStep> of(TransformSpec transform) {
    List<BatchStep> steps = new ArrayList<>();
    for (int i = 0; i < transform.columns().size(); i++) {
      ColumnSpec one = transform.columns().get(i);
      int place = i;
      boolean computed = one.source() instanceof ColumnSource.None && one.defaultValue().isEmpty();
      if (computed) {
        range(one, transform.computation().map(c -> c.mappings().get(place)))
            .ifPresent(
                r ->
                    steps.add(
                        new ComputedLimits(
                            place, one.type(), r.min(), r.max(), 1, Optional.empty())));
        one.effectiveRules().timeLimits().ifPresent(limits -> steps.add(times(place, limits)));
      }
    }
    return steps;
  }

  /** An unsigned number that is but taken over has all its bits; other ones are signed. */
  private static Optional<IntegerRange> range(ColumnSpec column, Optional<Expression> mapping) {
    return column.type() == ColumnType.UINT64
        ? mapping
            .filter(value -> !(value instanceof Expression.Input))
            .map(value -> IntegerRange.NOT_NEGATIVE)
        : column.range();
  }

  private static BatchStep times(int column, TimeLimits limits) {
    return new ComputedLimits(
        column,
        ColumnType.TIMESTAMP,
        Timestamps.micros(limits.first()),
        Timestamps.micros(limits.last()),
        limits.precision().micros(),
        limits.notAfter());
  }

  @Override
  public void apply(RowBatch batch, Rejections rejections) {
    ColumnVector computed = batch.column(column);
    kept.clear(computed.text());
    long latest = notAfter.map(Timestamps::micros).orElse(Long.MAX_VALUE);
    for (int i = 0; i < batch.selectedRows(); i++) {
      int row = batch.selected()[i];
      if (computed.isNull(row)) {
        continue;
      }
      long value = computed.longAt(row);
      if (value < first || value > last) {
        batch.warn(row);
      } else if (value > latest) {
        rejections.reject(row, tooLate(value));
      } else {
        kept.setLong(row, value - Math.floorMod(value, precision));
      }
    }
    batch.replace(column, kept);
  }

  private RowRejected tooLate(long micros) {
    return RowRejected.record(
        RejectCode.FUTURE_TIMESTAMP,
        "the computed time %s is later than %s"
            .formatted(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), notAfter.orElseThrow()));
  }
}
