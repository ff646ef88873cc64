package io.penstock.job.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.record.Chunk;
import io.penstock.job.record.ChunkBuffers;
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
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How rows are gathered into batches. */
final class TaskDecoderTest {
  private static final TransformSpec TRANSFORM =
      new TransformSpec(
          new RecordFormat.NdJson(),
          Compression.NONE,
          List.of(
              new ColumnSpec(
                  "at",
                  1,
                  ColumnType.TIMESTAMP,
                  new ColumnSource.Field("at"),
                  Optional.of(new TimeFormat.Epoch(TimeFormat.EpochUnit.MICROSECONDS)),
                  Optional.empty(),
                  Optional.empty(),
                  List.of()),
              new ColumnSpec(
                  "s",
                  2,
                  ColumnType.STRING,
                  new ColumnSource.Field("s"),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  List.of())),
          "at",
          List.of());

  private final List<Integer> batches = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();

  private void take(RowEvent event) {
    if (event instanceof RowBatch batch) {
      batches.add(batch.rows());
      for (int row = 0; row < batch.rows(); row++) {
        texts.add(
            new String(
                batch.column(1).text(),
                batch.column(1).textStart(row),
                batch.column(1).textLength(row),
                StandardCharsets.UTF_8));
      }
    }
  }

  private static Chunk chunk(int first, int rows, int textLength) {
    StringBuilder text = new StringBuilder();
    for (int i = first; i < first + rows; i++) {
      text.append("{\"at\":0,\"s\":\"").append(i).append("\\t");
      text.append("x".repeat(textLength)).append("\"}\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return new Chunk(bytes, bytes.length, 1, 0, bytes.length, new ChunkBuffers(0));
  }

  private void decode(List<Chunk> objects) {
    TaskDecoder decoder = new TaskDecoder(TRANSFORM, Totals.ZERO, BatchStep.NONE, this::take);
    decoder.taskStarted(
        new ReadEvent.TaskStarted(new PlannedTask(0, List.of(new PlannedObject("0", "\"e\"", 1)))));
    for (Chunk object : objects) {
      decoder.objectStarted(new ReadEvent.ObjectStarted("s3://landing/in"));
      decoder.chunk(object);
      decoder.objectRead(new ReadEvent.ObjectRead(0));
    }
    decoder.taskRead(new ReadEvent.TaskRead(List.of()));
  }

  @Test
  void rowsOfManySmallObjectsFillBatches() {
    List<Chunk> objects = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      objects.add(chunk(10 * i, 10, 20));
    }

    decode(objects);

    assertThat(batches).containsExactly(512, 512, 512, 464);
    for (int i = 0; i < 2000; i++) {
      assertThat(texts.get(i)).isEqualTo(i + "\t" + "x".repeat(20));
    }
  }

  @Test
  void smallAndLargeChunksKeepTheirOrder() {
    List<Chunk> objects = new ArrayList<>();
    int rows = 0;
    for (int i = 0; i < 30; i++) {
      int some = i % 3 == 0 ? 300 : 7;
      objects.add(chunk(rows, some, i % 2 == 0 ? 1000 : 10));
      rows += some;
    }

    decode(objects);

    assertThat(texts).hasSize(rows);
    for (int i = 0; i < rows; i++) {
      assertThat(texts.get(i)).startsWith(i + "\tx");
    }
  }

  @Test
  void batchesAreBoundedInBytes() {
    decode(List.of(chunk(0, 12, 100_000)));

    assertThat(batches).containsExactly(6, 6);
  }

  @Test
  void chunksAreReleasedWhenTheirRowsHaveBeenHandedOver() {
    for (int rows : List.of(3, 3000)) {
      byte[] bytes = chunk(0, rows, 20).bytes();
      ChunkBuffers buffers = new ChunkBuffers(bytes.length);

      decode(List.of(new Chunk(bytes, bytes.length, 1, 0, bytes.length, buffers)));

      assertThat(buffers.take(bytes.length)).isSameAs(bytes);
    }
    assertThat(texts).hasSize(3003).endsWith("2999\t" + "x".repeat(20));
  }
}
