package io.penstock.job.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.record.Chunk;
import io.penstock.job.record.ChunkBuffers;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.ReadEvent;
import io.penstock.job.record.RowBatch;
import io.penstock.job.record.RowEvent;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.RejectCode;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Steps written by hand, between decoding and writing. */
final class BatchStepTest {
  private static final int TIME = 0;
  private static final int NUMBER = 1;
  private static final int TEXT = 2;
  private static final TransformSpec TRANSFORM =
      new TransformSpec(
          new RecordFormat.NdJson(),
          Compression.NONE,
          List.of(
              column("at", ColumnType.TIMESTAMP, Optional.of(new TimeFormat.Iso8601())),
              column("n", ColumnType.INT64, Optional.empty()),
              column("s", ColumnType.STRING, Optional.empty())),
          "at",
          List.of());

  private final List<String> written = new ArrayList<>();
  private final List<RejectedRow> rejects = new ArrayList<>();
  private TaskCounts counts;

  private static ColumnSpec column(String name, ColumnType type, Optional<TimeFormat> format) {
    return new ColumnSpec(
        name,
        1,
        type,
        new ColumnSource.Field(name),
        format,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private void take(RowEvent event) {
    if (event instanceof RowBatch batch) {
      rejects.addAll(batch.rejects());
      for (int i = 0; i < batch.selectedRows(); i++) {
        int row = batch.selected()[i];
        ColumnVector text = batch.column(TEXT);
        written.add(
            batch.column(TIME).longAt(row)
                + " "
                + batch.column(NUMBER).longAt(row)
                + " "
                + (text.isNull(row)
                    ? "null"
                    : new String(
                        text.text(),
                        text.textStart(row),
                        text.textLength(row),
                        StandardCharsets.UTF_8)));
      }
    } else if (event instanceof RowEvent.TaskDecoded end) {
      counts = end.counts();
    }
  }

  /** Each text is an object of its own. */
  private void decode(List<BatchStep> steps, String... objects) {
    TaskDecoder decoder = new TaskDecoder(TRANSFORM, Totals.ZERO, steps, this::take);
    decoder.taskStarted(
        new ReadEvent.TaskStarted(new PlannedTask(0, List.of(new PlannedObject("0", "\"e\"", 1)))));
    for (int i = 0; i < objects.length; i++) {
      byte[] bytes = objects[i].getBytes(StandardCharsets.UTF_8);
      decoder.objectStarted(new ReadEvent.ObjectStarted("s3://landing/" + i));
      decoder.chunk(new Chunk(bytes, bytes.length, 1, 0, bytes.length, new ChunkBuffers(0)));
      decoder.objectRead(new ReadEvent.ObjectRead(0));
    }
    decoder.taskRead(new ReadEvent.TaskRead(List.of()));
  }

  private static void keepEven(RowBatch batch, BatchStep.Rejections rejections) {
    boolean[] kept = new boolean[RowBatch.CAPACITY];
    for (int i = 0; i < batch.selectedRows(); i++) {
      int row = batch.selected()[i];
      kept[row] = batch.column(NUMBER).longAt(row) % 2 == 0;
    }
    batch.select(kept);
  }

  private static void rejectThirds(RowBatch batch, BatchStep.Rejections rejections) {
    for (int i = 0; i < batch.selectedRows(); i++) {
      int row = batch.selected()[i];
      if (batch.column(NUMBER).longAt(row) % 3 == 0) {
        rejections.reject(
            row, RowRejected.value(RejectCode.TYPE_MISMATCH, "n", "three does not divide it"));
      }
    }
  }

  private static void timeFromNumber(RowBatch batch, BatchStep.Rejections rejections) {
    for (int i = 0; i < batch.selectedRows(); i++) {
      int row = batch.selected()[i];
      if (!batch.column(NUMBER).isNull(row)) {
        batch.column(TIME).setLong(row, batch.column(NUMBER).longAt(row) * 1000);
      }
    }
  }

  @Test
  void everyRowIsWrittenFilteredOrRejected() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      text.append("{\"at\":\"1970-01-01T00:00:00Z\",\"n\":").append(i).append("}\n");
    }

    decode(List.of(BatchStepTest::keepEven, BatchStepTest::rejectThirds), text.toString());

    assertThat(written).hasSize(1000);
    assertThat(written).startsWith("0 2 null", "0 4 null", "0 8 null");
    assertThat(rejects).hasSize(500);
    assertThat(counts.rowsRead()).isEqualTo(3000);
    assertThat(counts.rowsWritten()).isEqualTo(1000);
    assertThat(counts.rowsFiltered()).isEqualTo(1500);
    assertThat(counts.rowsRejected()).isEqualTo(500);
    assertThat(counts.balanced()).isTrue();
  }

  @Test
  void aRowRejectedByAStepIsSeenAsItWasWritten() {
    String second = "{ \"n\":3, \"s\":\"a\\\"b\\u00e4\", \"at\":\"1970-01-01T00:00:00Z\"}";

    decode(
        List.of(BatchStepTest::rejectThirds),
        "{\"at\":\"1970-01-01T00:00:00Z\",\"n\":1,\"s\":\"\\n\"}\n",
        "{\"at\":\"1970-01-01T00:00:00Z\",\"n\":2}\n" + second + "\r\n");

    assertThat(written).containsExactly("0 1 \n", "0 2 null");
    assertThat(rejects).hasSize(1);
    RejectedRow rejected = rejects.get(0);
    assertThat(rejected.object()).isEqualTo("s3://landing/1");
    assertThat(rejected.line()).isEqualTo(2);
    assertThat(rejected.byteOffset()).isEqualTo(36);
    assertThat(rejected.row()).contains(second);
    assertThat(rejected.column()).contains("n");
    assertThat(rejected.reason()).isEqualTo("n: three does not divide it");
  }

  @Test
  void aStepMayGiveTheTimeThatRecordsLack() {
    decode(List.of(BatchStepTest::timeFromNumber), "{\"n\":7}\n{\"s\":\"no time\"}\n{\"n\":8}\n");

    assertThat(written).containsExactly("7000 7 null", "8000 8 null");
    assertThat(rejects).hasSize(1);
    assertThat(rejects.get(0).code()).isEqualTo(RejectCode.NULL_TIMESTAMP);
    assertThat(rejects.get(0).line()).isEqualTo(2);
    assertThat(rejects.get(0).row()).contains("{\"s\":\"no time\"}");
    assertThat(counts.balanced()).isTrue();
  }

  @Test
  void batchesWithoutASelectedRowAreNotHandedOver() {
    decode(
        List.of((batch, rejections) -> batch.select(new boolean[RowBatch.CAPACITY])),
        "{\"at\":\"1970-01-01T00:00:00Z\",\"n\":1}\n");

    assertThat(written).isEmpty();
    assertThat(counts.rowsFiltered()).isEqualTo(1);
    assertThat(counts.balanced()).isTrue();
  }
}
