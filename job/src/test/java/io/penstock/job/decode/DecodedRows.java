package io.penstock.job.decode;

import io.penstock.job.record.Chunk;
import io.penstock.job.record.ChunkBuffers;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.ReadEvent;
import io.penstock.job.record.RowBatch;
import io.penstock.job.record.RowEvent;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TransformSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a {@link TaskDecoder} makes of an object's bytes; values as text, null for null. */
final class DecodedRows {
  static final String OBJECT = "s3://landing/in";

  final List<List<String>> rows = new ArrayList<>();
  final List<RejectedRow> rejects = new ArrayList<>();
  TaskCounts counts;

  /** As one chunk. */
  static DecodedRows of(TransformSpec transform, byte[] bytes) {
    return of(
        transform,
        bytes.length,
        List.of(new Chunk(bytes, bytes.length, 1, 0, bytes.length, new ChunkBuffers(0))));
  }

  /**
   * @param size of the object
   */
  static DecodedRows of(TransformSpec transform, long size, List<? extends ReadEvent> chunks) {
    DecodedRows decoded = new DecodedRows();
    TaskDecoder decoder = new TaskDecoder(transform, Totals.ZERO, BatchStep.NONE, decoded::take);
    decoder.taskStarted(
        new ReadEvent.TaskStarted(
            new PlannedTask(0, List.of(new PlannedObject("in", "\"e\"", size)))));
    decoder.objectStarted(new ReadEvent.ObjectStarted(OBJECT));
    for (ReadEvent chunk : chunks) {
      deliver(chunk, decoder);
    }
    decoder.objectRead(new ReadEvent.ObjectRead(0));
    decoder.taskRead(new ReadEvent.TaskRead(List.of()));
    return decoded;
  }

  private static void deliver(ReadEvent event, TaskDecoder decoder) {
    try {
      event.deliverTo(decoder);
    } catch (IOException e) {
      throw new UncheckedIOException("decoding waits for nothing", e);
    }
  }

  static DecodedRows of(TransformSpec transform, String text) {
    return of(transform, text.getBytes(StandardCharsets.UTF_8));
  }

  private void take(RowEvent event) {
    if (event instanceof RowBatch batch) {
      rejects.addAll(batch.rejects());
      for (int row = 0; row < batch.rows(); row++) {
        List<String> values = new ArrayList<>();
        for (int column = 0; column < batch.columnCount(); column++) {
          values.add(text(batch.column(column), row));
        }
        rows.add(values);
      }
    } else if (event instanceof RowEvent.TaskDecoded end) {
      counts = end.counts();
    }
  }

  static String text(ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    return switch (vector.type()) {
      case STRING, JSON ->
          new String(
              vector.text(), vector.textStart(row), vector.textLength(row), StandardCharsets.UTF_8);
      case DOUBLE -> Double.toString(vector.doubleAt(row));
      case UINT64 -> Long.toUnsignedString(vector.longAt(row));
      case BOOLEAN, INT32, INT64, TIMESTAMP -> Long.toString(vector.longAt(row));
    };
  }
}
