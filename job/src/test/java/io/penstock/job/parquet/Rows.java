package io.penstock.job.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.TimeFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Rows as plain objects: null, {@link Boolean}, {@link Integer}, {@link Long}, {@link Double} or
 * {@link String} by the column's type.
 */
record Rows(List<ColumnSpec> columns, List<Object[]> values) {
  private static final int[] IN_ORDER = IntStream.range(0, RowBatch.CAPACITY).toArray();

  /** A column whose value in a row is what the function gives for the row's number. */
  record Column(ColumnType type, IntFunction<Object> value) {}

  static Rows of(int count, Column... columns) {
    List<ColumnSpec> specs = new ArrayList<>();
    for (Column column : columns) {
      specs.add(spec("c" + specs.size(), specs.size() + 1, column.type()));
    }
    List<Object[]> values = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      Object[] one = new Object[columns.length];
      for (int c = 0; c < columns.length; c++) {
        one[c] = columns[c].value().apply(row);
      }
      values.add(one);
    }
    return new Rows(specs, values);
  }

  private static ColumnSpec spec(String name, int fieldId, ColumnType type) {
    return new ColumnSpec(
        name,
        fieldId,
        type,
        new ColumnSource.None(),
        type == ColumnType.TIMESTAMP ? Optional.of(new TimeFormat.Iso8601()) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** A written file and what was said of it. */
  record Written(byte[] bytes, ParquetFile.Finished finished) {}

  /** Written in full batches. */
  Written write(int zstdLevel) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PageCompressor compressor = new PageCompressor(zstdLevel)) {
      return write(new ParquetFile(columns, compressor, out), out);
    }
  }

  /** Written in full batches. */
  Written write(ParquetFile file, ByteArrayOutputStream out) throws IOException {
    return write(file, out, new Random(0), RowBatch.CAPACITY);
  }

  /** Written in batches of random sizes, with other rows between the selected ones. */
  Written write(ParquetFile file, ByteArrayOutputStream out, Random random, int largestBatch)
      throws IOException {
    int next = 0;
    while (next < values.size()) {
      int wanted =
          largestBatch == RowBatch.CAPACITY ? largestBatch : 1 + random.nextInt(largestBatch);
      int count = Math.min(wanted, values.size() - next);
      append(file, next, count, count < RowBatch.CAPACITY && random.nextBoolean());
      next += count;
    }
    ParquetFile.Finished finished = file.finish();
    assertThat(file.bufferedBytes()).as("held by a finished file").isZero();
    return new Written(out.toByteArray(), finished);
  }

  /**
   * Appends some of the rows, as one batch.
   *
   * @param shifted whether a row that is not selected comes first
   */
  void append(ParquetFile file, int from, int count, boolean shifted) throws IOException {
    RowBatch batch =
        new RowBatch(
            columns.stream().map(c -> new ColumnVector(c.type())).toArray(ColumnVector[]::new));
    if (shifted) {
      add(batch, values.get(values.size() - 1));
    }
    for (int row = from; row < from + count; row++) {
      add(batch, values.get(row));
    }
    int first = shifted ? 1 : 0;
    file.append(batch, IN_ORDER, first, first + count);
  }

  private void add(RowBatch batch, Object[] row) {
    for (int c = 0; c < row.length; c++) {
      set(batch.column(c), batch.rows(), row[c]);
    }
    batch.endRow();
  }

  private static void set(ColumnVector vector, int row, Object value) {
    if (value == null) {
      vector.setNull(row);
    } else if (value instanceof Double number) {
      vector.setDouble(row, number);
    } else if (value instanceof Boolean bool) {
      vector.setLong(row, bool ? 1 : 0);
    } else if (value instanceof Number number) {
      vector.setLong(row, number.longValue());
    } else {
      byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
      vector.setText(row, text, 0, text.length);
    }
  }
}
