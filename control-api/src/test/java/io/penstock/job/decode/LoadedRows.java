package io.penstock.job.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.record.Chunk;
import io.penstock.job.record.ChunkBuffers;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.ReadEvent;
import io.penstock.job.record.RowBatch;
import io.penstock.job.record.RowEvent;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TransformSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the Flink job makes of an object's text, both of its ways being the same. In the job's
 * package, because decoding is nobody else's.
 */
public final class LoadedRows {
  public static final String OBJECT = "s3://acme-landing/orders/2026/10/07.csv.gz";
  public static final Instant NOW = Instant.parse("2026-10-07T07:00:01.250Z");

  private final List<ColumnSpec> columns;
  private final List<Map<String, String>> rows = new ArrayList<>();
  private final List<RejectedRow> rejects = new ArrayList<>();

  private LoadedRows(List<ColumnSpec> columns) {
    this.columns = columns;
  }

  public static LoadedRows of(TransformSpec transform, String text) {
    LoadedRows quick = load(transform, text, RecordDecoder::of);
    LoadedRows exact = load(transform, text, LoadedRows::exactly);
    assertThat(quick.rows).isEqualTo(exact.rows);
    assertThat(quick.rejects).isEqualTo(exact.rejects);
    return quick;
  }

  private static RecordDecoder exactly(TransformSpec spec, ColumnReader[] readers, Edits edits) {
    return new ExactOnly(RecordDecoder.of(spec, readers, edits));
  }

  private static LoadedRows load(
      TransformSpec transform, String text, RecordDecoder.Factory decoders) {
    LoadedRows loaded = new LoadedRows(transform.columns());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    TaskDecoder decoder =
        new TaskDecoder(
            transform,
            Totals.ZERO,
            BatchStep.of(transform),
            loaded::take,
            decoders,
            InstantSource.fixed(NOW));
    PlannedObject object = new PlannedObject("in", "\"e\"", bytes.length);
    decoder.taskStarted(new ReadEvent.TaskStarted(new PlannedTask(0, List.of(object))));
    decoder.objectStarted(new ReadEvent.ObjectStarted(OBJECT));
    decoder.chunk(new Chunk(bytes, bytes.length, 1, 0, bytes.length, new ChunkBuffers(0)));
    decoder.objectRead(new ReadEvent.ObjectRead(0));
    decoder.taskRead(new ReadEvent.TaskRead(List.of()));
    return loaded;
  }

  /** Values by the names of their columns, as text, null for null. */
  public List<Map<String, String>> rows() {
    return rows;
  }

  /** The only row; there is no reject. */
  public Map<String, String> onlyRow() {
    assertThat(rejects).isEmpty();
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  public List<String> reasons() {
    return rejects.stream().map(RejectedRow::reason).toList();
  }

  private void take(RowEvent event) {
    if (event instanceof RowBatch batch) {
      rejects.addAll(batch.rejects());
      for (int i = 0; i < batch.selectedRows(); i++) {
        int row = batch.selected()[i];
        Map<String, String> values = new LinkedHashMap<>();
        for (int c = 0; c < columns.size(); c++) {
          values.put(columns.get(c).name(), text(batch.column(c), row));
        }
        rows.add(values);
      }
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
      case BOOLEAN, INT32, INT64 -> Long.toString(vector.longAt(row));
      case UINT64 -> Long.toUnsignedString(vector.longAt(row));
      case TIMESTAMP -> Instant.EPOCH.plus(vector.longAt(row), ChronoUnit.MICROS).toString();
    };
  }
}
