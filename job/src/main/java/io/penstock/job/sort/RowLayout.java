package io.penstock.job.sort;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.PartitionLimits;
import io.penstock.spec.Rollup;
import io.penstock.spec.TransformSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A row as bytes: their number (4 bytes, not counted), the key's length (4 bytes), the key, then
 * what is not in the key. Keys begin with the time bucket; rows that become one have the same key.
 * Used by one thread.
 */
public final class RowLayout {
  static final int LENGTH_BYTES = Integer.BYTES;
  private static final int HEAD_BYTES = LENGTH_BYTES + Integer.BYTES;
  private static final long MICROS_PER_SECOND = 1_000_000;

  private final List<ColumnSpec> columns;
  private final int timeColumn;
  private final long bucketMicros;
  private final boolean combines;
  private final List<KeyColumn> keys = new ArrayList<>();
  private final List<PlainColumn> plain = new ArrayList<>();
  private final List<MeasureColumn> measures = new ArrayList<>();

  private RowLayout(TransformSpec transform, PartitionLimits limits) {
    this.columns = transform.columns();
    this.timeColumn = transform.timeColumnIndex();
    this.bucketMicros = limits.maxSpan().toSeconds() * MICROS_PER_SECOND;
    this.combines = transform.rollup().isPresent();
    Set<String> inKey = new LinkedHashSet<>(limits.sortColumns());
    if (combines) {
      inKey.add(transform.timeColumn());
      columns.forEach(column -> inKey.add(column.name()));
      transform.rollup().get().measures().forEach(measure -> inKey.remove(measure.column()));
    }
    for (String name : inKey) {
      int column = transform.columnIndex(name);
      keys.add(new KeyColumn(column, columns.get(column).type(), combines));
    }
    for (int i = 0; i < columns.size(); i++) {
      ColumnSpec column = columns.get(i);
      Optional<Rollup.Function> function = transform.rollup().flatMap(r -> r.of(column.name()));
      if (function.isPresent()) {
        measures.add(new MeasureColumn(i, column.type(), function.get()));
      } else if (!inKey.contains(column.name())) {
        plain.add(new PlainColumn(i, column.type()));
      }
    }
  }

  /** Absent if rows are written as they come. */
  public static Optional<RowLayout> of(TransformSpec transform, PartitionLimits limits) {
    return transform.rollup().isPresent() || !limits.sortColumns().isEmpty()
        ? Optional.of(new RowLayout(transform, limits))
        : Optional.empty();
  }

  /** Whether rows of the same key become one. */
  boolean combines() {
    return combines;
  }

  void write(RowBatch batch, int row, RowBytes out) {
    out.clear();
    out.putInt(0);
    out.putInt(0);
    long time = batch.column(timeColumn).longAt(row);
    out.putLong(Math.floorDiv(time, bucketMicros) ^ Long.MIN_VALUE);
    for (KeyColumn key : keys) {
      key.write(batch.column(key.column()), row, out);
    }
    int keyLength = out.length() - HEAD_BYTES;
    for (PlainColumn column : plain) {
      column.write(batch.column(column.column()), row, out);
    }
    for (MeasureColumn measure : measures) {
      measure.write(batch.column(measure.column()), row, out);
    }
    RowBytes.putInt(out.bytes(), 0, out.length() - LENGTH_BYTES);
    RowBytes.putInt(out.bytes(), LENGTH_BYTES, keyLength);
  }

  /** With the length itself. */
  static int length(byte[] bytes, int at) {
    return LENGTH_BYTES + RowBytes.intAt(bytes, at);
  }

  private static int keyLength(byte[] bytes, int at) {
    return RowBytes.intAt(bytes, at + LENGTH_BYTES);
  }

  /** Counted from the epoch. */
  public static long timeBucket(byte[] bytes, int at) {
    return RowBytes.longAt(bytes, at + HEAD_BYTES) ^ Long.MIN_VALUE;
  }

  /** By the keys. */
  static int compare(byte[] a, int at, byte[] b, int bAt) {
    int from = at + HEAD_BYTES;
    int bFrom = bAt + HEAD_BYTES;
    return Arrays.compareUnsigned(
        a, from, from + keyLength(a, at), b, bFrom, bFrom + keyLength(b, bAt));
  }

  /** Two rows of the same key become one, in the place of the first. */
  void combine(byte[] first, int at, byte[] second, int secondAt) {
    int offset = HEAD_BYTES + keyLength(first, at);
    for (MeasureColumn measure : measures) {
      measure.combine(first, at + offset, second, secondAt + offset);
      offset += MeasureColumn.BYTES;
    }
  }

  /** Sets the values of a row. */
  void read(byte[] bytes, int at, ColumnVector[] vectors, int row) {
    int index = at + HEAD_BYTES + Long.BYTES;
    for (KeyColumn key : keys) {
      index = key.read(bytes, index, vectors, row);
    }
    for (PlainColumn column : plain) {
      index = column.read(bytes, index, vectors, row);
    }
    for (MeasureColumn measure : measures) {
      measure.read(bytes, index, vectors, row);
      index += MeasureColumn.BYTES;
    }
  }

  ColumnVector[] newVectors() {
    return columns.stream()
        .map(column -> new ColumnVector(column.type()))
        .toArray(ColumnVector[]::new);
  }

  /** The place of the time column in batches. */
  public int timeColumn() {
    return timeColumn;
  }

  /** What was lost of the rows read since last asked, in full sentences. */
  public List<String> losses() {
    List<String> losses = new ArrayList<>();
    for (MeasureColumn measure : measures) {
      long count = measure.tooLarge();
      if (count > 0) {
        losses.add(
            "%d sums in column %s have more than 64 bits and are NULL"
                .formatted(count, columns.get(measure.column()).name()));
      }
    }
    return losses;
  }
}
