package io.penstock.job.decode;

import io.penstock.job.record.Chunk;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.ReadEvent;
import io.penstock.job.record.RowBatch;
import io.penstock.job.record.RowEvent;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TransformSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a {@link TaskDecoder} makes of an object's bytes; values as text, null for null. */
final class DecodedRows {
  final List<List<String>> rows = new ArrayList<>();
  final List<RejectedRow> rejects = new ArrayList<>();
  TaskCounts counts;

  /** As one chunk. */
  static DecodedRows of(TransformSpec transform, byte[] bytes) {
    DecodedRows decoded = new DecodedRows();
    TaskDecoder decoder = new TaskDecoder(transform, Totals.ZERO, BatchStep.NONE, decoded::take);
    decoder.taskStarted(
        new ReadEvent.TaskStarted(
            new PlannedTask(0, List.of(new PlannedObject("in", "\"e\"", bytes.length)))));
    decoder.objectStarted(new ReadEvent.ObjectStarted("s3://landing/in"));
    decoder.chunk(new Chunk(bytes, bytes.length, 1, 0, bytes.length));
    decoder.objectRead(new ReadEvent.ObjectRead(0));
    decoder.taskRead(new ReadEvent.TaskRead(List.of()));
    return decoded;
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

  private static String text(ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    return switch (vector.type()) {
      case STRING, JSON ->
          new String(
              vector.text(), vector.textStart(row), vector.textLength(row), StandardCharsets.UTF_8);
      case DOUBLE -> Double.toString(vector.doubleAt(row));
      case BOOLEAN, INT32, INT64, TIMESTAMP -> Long.toString(vector.longAt(row));
    };
  }
}
