package io.penstock.job.decode;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Decodes the same bytes quickly and exactly; counts what was quick. */
final class BothWays {
  private final Random random;
  long records;
  long readQuickly;

  BothWays(Random random) {
    this.random = random;
  }

  /** What came out of a task; values as text that tells every bit of them. */
  private static final class Outcome {
    private final List<String> rows = new ArrayList<>();
    private final List<RejectedRow> rejects = new ArrayList<>();
    private TaskCounts counts;

    void take(RowEvent event) {
      if (event instanceof RowBatch batch) {
        rejects.addAll(batch.rejects());
        for (int row = 0; row < batch.rows(); row++) {
          StringBuilder values = new StringBuilder();
          for (int column = 0; column < batch.columnCount(); column++) {
            values.append('|').append(value(batch.column(column), row));
          }
          rows.add(values.toString());
        }
      } else if (event instanceof RowEvent.TaskDecoded end) {
        counts = end.counts();
      }
    }

    private static String value(ColumnVector vector, int row) {
      if (vector.isNull(row)) {
        return "null";
      }
      return switch (vector.type()) {
        case STRING, JSON ->
            new String(
                vector.text(),
                vector.textStart(row),
                vector.textLength(row),
                StandardCharsets.ISO_8859_1);
        case DOUBLE -> Long.toHexString(Double.doubleToRawLongBits(vector.doubleAt(row)));
        case BOOLEAN, INT32, INT64, UINT64, TIMESTAMP -> Long.toString(vector.longAt(row));
      };
    }
  }

  /** A record decoder that counts, or hides, what it can read quickly. */
  private final class Watched implements RecordDecoder {
    private final RecordDecoder decoder;
    private final boolean quick;

    Watched(RecordDecoder decoder, boolean quick) {
      this.decoder = decoder;
      this.quick = quick;
    }

    @Override
    public void objectStarted() {
      decoder.objectStarted();
    }

    @Override
    public int read(byte[] bytes, int from, int to, int row) {
      int end = quick ? decoder.read(bytes, from, to, row) : UNKNOWN;
      readQuickly += end == UNKNOWN ? 0 : 1;
      return end;
    }

    @Override
    public int lines() {
      return decoder.lines();
    }

    @Override
    public boolean decode(byte[] bytes, int from, int to, Fields fields) throws RowRejected {
      return decoder.decode(bytes, from, to, fields);
    }
  }

  /** Asserts that rows, rejects and counts are the same. */
  void compare(TransformSpec transform, byte[] bytes) {
    compare(transform, chunks(bytes));
  }

  /** Asserts that rows, rejects and counts are the same. */
  void compare(TransformSpec transform, List<Chunk> chunks) {
    Outcome quick = decode(transform, chunks, true);
    Outcome exact = decode(transform, chunks, false);

    same(transform, quick.rejects, exact.rejects);
    same(transform, quick.rows, exact.rows);
    assertThat(quick.counts).isEqualTo(exact.counts);
    assertThat(quick.counts.balanced()).isTrue();
    records += quick.counts.rowsRead();
  }

  /** One by one, so that what differs can be seen. */
  private static <T> void same(TransformSpec transform, List<T> actual, List<T> expected) {
    for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
      if (!actual.get(i).equals(expected.get(i))) {
        assertThat(actual.get(i)).as("%d of %s", i, transform).isEqualTo(expected.get(i));
      }
    }
    assertThat(actual).as(transform.toString()).hasSameSizeAs(expected);
  }

  private Outcome decode(TransformSpec transform, List<Chunk> chunks, boolean quick) {
    Outcome outcome = new Outcome();
    TaskDecoder decoder =
        new TaskDecoder(
            transform,
            Totals.ZERO,
            BatchStep.NONE,
            outcome::take,
            (spec, readers, edits) -> new Watched(RecordDecoder.of(spec, readers, edits), quick),
            InstantSource.fixed(Instant.parse("2026-10-07T07:00:01.250Z")));
    decoder.taskStarted(
        new ReadEvent.TaskStarted(
            new PlannedTask(0, List.of(new PlannedObject("in", "\"e\"", 1)))));
    decoder.objectStarted(new ReadEvent.ObjectStarted("s3://landing/in"));
    for (Chunk chunk : chunks) {
      // The decoder may change the bytes.
      decoder.chunk(
          new Chunk(
              chunk.bytes().clone(),
              chunk.length(),
              chunk.line(),
              chunk.byteOffset(),
              1,
              new ChunkBuffers(0)));
    }
    decoder.objectRead(new ReadEvent.ObjectRead(0));
    decoder.taskRead(new ReadEvent.TaskRead(List.of()));
    return outcome;
  }

  /** Cut behind newlines, some large and some small, with and without something behind them. */
  private List<Chunk> chunks(byte[] bytes) {
    List<Chunk> chunks = new ArrayList<>();
    long line = 1;
    int from = 0;
    while (from < bytes.length) {
      int least =
          Math.min(bytes.length, from + random.nextInt(random.nextBoolean() ? 500 : 90_000));
      int to = Math.min(bytes.length, newline(bytes, least) + 1);
      byte[] held = new byte[to - from + (random.nextBoolean() ? 0 : random.nextInt(40))];
      random.nextBytes(held);
      System.arraycopy(bytes, from, held, 0, to - from);
      chunks.add(new Chunk(held, to - from, line, from, 1, new ChunkBuffers(0)));
      for (int i = newline(bytes, from); i < to; i = newline(bytes, i + 1)) {
        line++;
      }
      from = to;
    }
    return chunks;
  }

  /** Byte by byte. */
  private static int newline(byte[] bytes, int from) {
    int i = from;
    while (i < bytes.length && bytes[i] != '\n') {
      i++;
    }
    return i;
  }
}
