package io.penstock.job.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.expression.Program;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.job.s3.MemoryObjectStore;
import io.penstock.job.scan.ScanColumns;
import io.penstock.job.scan.TableScan;
import io.penstock.spec.ColumnType;
import io.penstock.spec.export.ExportFormat;
import io.penstock.spec.export.ExportPlan.TableFile;
import io.penstock.spec.export.ExportQuery;
import io.penstock.spec.export.TableColumn;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Unsigned numbers of 64 bits on their way through files, text and expressions. */
final class UnsignedNumbersTest {
  private static final String BUCKET = "penstock";
  private static final TableColumn COLUMN = new TableColumn("u", 7, ColumnType.UINT64);
  private static final Expression INPUT = new Expression.Input(0, ValueType.BIGINT);

  private static ExportQuery query(Expression... outputs) {
    List<ExportQuery.Output> named = new ArrayList<>();
    for (Expression output : outputs) {
      named.add(new ExportQuery.Output("o" + named.size(), output));
    }
    return new ExportQuery(List.of(COLUMN), Optional.empty(), Optional.empty(), named);
  }

  private static RowBatch batch(List<Long> values) {
    RowBatch batch = new RowBatch(new ColumnVector(ColumnType.UINT64));
    for (Long value : values) {
      if (value != null) {
        batch.column(0).setLong(batch.rows(), value);
      }
      batch.endRow();
    }
    return batch;
  }

  private static byte[] encoded(ExportFormat.Kind kind, List<Long> values) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int[] rows = IntStream.range(0, RowBatch.CAPACITY).toArray();
    ExportFormat format = new ExportFormat(kind, ExportFormat.Codec.NONE);
    try (RowEncoders encoders = new RowEncoders(format, query(INPUT), OptionalLong.empty());
        RowEncoder encoder = encoders.open(out)) {
      for (int from = 0; from < values.size(); from += RowBatch.CAPACITY) {
        List<Long> some = values.subList(from, Math.min(values.size(), from + RowBatch.CAPACITY));
        int done = 0;
        while (done < some.size()) {
          done = encoder.append(batch(some), rows, done, some.size());
        }
      }
      encoder.finish();
    }
    return out.toByteArray();
  }

  private static String text(ExportFormat.Kind kind, Long... values) throws IOException {
    return new String(encoded(kind, List.of(values)), StandardCharsets.UTF_8);
  }

  @Test
  void textHasAllDigits() throws IOException {
    assertThat(text(ExportFormat.Kind.CSV, 0L, Long.MAX_VALUE, Long.MIN_VALUE, -1L))
        .isEqualTo("o0\n0\n9223372036854775807\n9223372036854775808\n18446744073709551615\n");
    assertThat(text(ExportFormat.Kind.JSON_LINES, -1L))
        .isEqualTo("{\"o0\":18446744073709551615}\n");
  }

  /** Few values are in a dictionary, many are not. */
  @Test
  void filesGiveBackWhatWasWritten() throws IOException {
    Random random = new Random(3);
    for (int distinct : new int[] {1, 50, 1_000_000}) {
      List<Long> values = new ArrayList<>();
      for (int i = 0; i < 40_000; i++) {
        values.add(
            random.nextInt(9) == 0
                ? null
                : random.nextInt(distinct) * 0x9E3779B97F4A7C15L - random.nextInt(2));
      }
      assertThat(scanned(encoded(ExportFormat.Kind.PARQUET, values))).isEqualTo(values);
    }
  }

  private static List<Long> scanned(byte[] file) throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    store.put(BUCKET, "a.parquet", file);
    TableColumn column = new TableColumn("o0", 0, ColumnType.UINT64);
    List<TableFile> files = List.of(new TableFile("a.parquet", 40_000, file.length));
    List<Long> values = new ArrayList<>();
    try (TableScan scan =
        new TableScan(
            store, BUCKET, files, new ScanColumns(List.of(column), 0, Optional.empty()))) {
      for (Optional<RowBatch> b = scan.next(); b.isPresent(); b = scan.next()) {
        ColumnVector vector = b.get().column(0);
        for (int row = 0; row < b.get().rows(); row++) {
          values.add(vector.isNull(row) ? null : (Long) vector.longAt(row));
        }
        scan.release(b.get());
      }
    }
    return values;
  }

  /** What a signed number cannot hold is null to an expression; taken over it is what it was. */
  @Test
  void expressionsSeeWhatASignedNumberHolds() {
    Expression next =
        new Expression.Call(
            ScalarFunction.ADD,
            List.of(INPUT, new Expression.Constant(ValueType.BIGINT, Optional.of("1"))),
            ValueType.BIGINT);
    RowBatch batch =
        new RowBatch(
            new ColumnVector(ColumnType.STRING),
            new ColumnVector(ColumnType.STRING),
            new ColumnVector(ColumnType.UINT64));
    for (long value : new long[] {5, -1}) {
      batch.column(2).setLong(batch.rows(), value);
      batch.endRow();
    }

    new Program(query(INPUT, next).computation(), 2).run(batch, (row, reason) -> {});

    assertThat(batch.column(0).longAt(0)).isEqualTo(5);
    assertThat(batch.column(0).longAt(1)).isEqualTo(-1);
    assertThat(batch.column(1).longAt(0)).isEqualTo(6);
    assertThat(batch.column(1).isNull(1)).isTrue();
    assertThat(batch.warnedRows()).isEqualTo(1);
  }
}
