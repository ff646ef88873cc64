package io.penstock.job.decode;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.TimeSpan;
import io.penstock.spec.TransformSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/** Filters the rows whose time is in none of some spans; a row without a time is left alone. */
final class WithinSpans implements BatchStep {
  private final int timeColumn;
  private final long[] from;
  private final long[] to;
  private final boolean[] kept = new boolean[RowBatch.CAPACITY];

  private WithinSpans(int timeColumn, List<TimeSpan> spans) {
    this.timeColumn = timeColumn;
    this.from = spans.stream().mapToLong(span -> micros(span.from())).toArray();
    this.to = spans.stream().mapToLong(span -> micros(span.to())).toArray();
  }

  /** The steps of a transform that are about its rows' times. */
  static List<BatchStep> of(TransformSpec transform) {
    List<TimeSpan> spans = transform.effectiveRowRules().spans();
    return spans.isEmpty() ? NONE : List.of(new WithinSpans(transform.timeColumnIndex(), spans));
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  @Override
  public void apply(RowBatch batch, Rejections rejections) {
    Arrays.fill(kept, true);
    ColumnVector time = batch.column(timeColumn);
    boolean all = true;
    for (int i = 0; i < batch.selectedRows(); i++) {
      int row = batch.selected()[i];
      if (!time.isNull(row) && !within(time.longs()[row])) {
        kept[row] = false;
        all = false;
      }
    }
    if (!all) {
      batch.select(kept);
    }
  }

  private boolean within(long at) {
    for (int i = 0; i < from.length; i++) {
      if (at >= from[i] && at < to[i]) {
        return true;
      }
    }
    return false;
  }
}
