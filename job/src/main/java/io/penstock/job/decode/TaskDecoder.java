package io.penstock.job.decode;

import io.penstock.job.record.Chunk;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.ReadEvent;
import io.penstock.job.record.RecordScanner;
import io.penstock.job.record.RowBatch;
import io.penstock.job.record.RowEvent;
import io.penstock.job.record.TypedRows;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.RejectCode;
import io.penstock.spec.TransformSpec;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * Decodes the events of one task after another. Free of Flink; used by one thread. What it holds of
 * an unfinished task is void at the next {@link ReadEvent.TaskStarted}.
 */
final class TaskDecoder implements ReadEvent.Receiver {
  private final TransformSpec transform;
  private final Consumer<RowEvent> output;
  private final RecordScanner lines = new RecordScanner.Lines();
  private final RecordScanner scanner;
  private final RecordDecoder decoder;
  private final ColumnReader[] readers;
  private final AutomaticColumns automatic;
  private final boolean hasAutomatic;
  private final ExactDecoding exact;
  private final BatchFinish finish;
  private final OpenBatch batch;
  private final TypedOrigins typed;
  private final Block block = new Block();
  private final Edits edits = new Edits();

  private final LiveCounts live = new LiveCounts();
  private Totals totals;
  private boolean taskOpen;
  private boolean merging;
  private String object;
  private int linesToSkip;

  /**
   * @param totals of tasks that ended before this decoder was made
   * @param steps that every batch takes, in their order
   */
  TaskDecoder(
      TransformSpec transform, Totals totals, List<BatchStep> steps, Consumer<RowEvent> output) {
    this(transform, totals, steps, output, RecordDecoder::of, InstantSource.system());
  }

  TaskDecoder(
      TransformSpec transform,
      Totals totals,
      List<BatchStep> steps,
      Consumer<RowEvent> output,
      RecordDecoder.Factory decoders,
      InstantSource clock) {
    this.transform = transform;
    this.totals = totals;
    this.output = output;
    this.scanner = RecordScanner.of(transform.format());
    List<ColumnSpec> columns = transform.convertedColumns();
    ColumnVector[] vectors = new ColumnVector[columns.size()];
    this.readers = new ColumnReader[columns.size()];
    for (int i = 0; i < readers.length; i++) {
      vectors[i] = new ColumnVector(columns.get(i).type());
      readers[i] = ColumnReader.of(columns.get(i), transform.nullValues(), vectors[i]);
    }
    RowBatch rows = new RowBatch(vectors);
    this.decoder = decoders.make(transform, readers, edits);
    this.automatic = new AutomaticColumns(transform, clock);
    this.hasAutomatic = !automatic.isEmpty();
    this.exact = new ExactDecoding(transform, decoder, automatic, rows);
    this.finish = new BatchFinish(transform, steps, live, output);
    this.batch = new OpenBatch(transform, rows, edits, finish, live);
    this.typed = new TypedOrigins(transform);
  }

  /** Of tasks that have ended. */
  Totals totals() {
    return totals;
  }

  /** Of the task in hand. */
  LiveCounts live() {
    return live;
  }

  /** Whether a task is in hand. */
  boolean taskOpen() {
    return taskOpen;
  }

  @Override
  public void taskStarted(ReadEvent.TaskStarted event) {
    live.clear();
    emptied();
    taskOpen = true;
    merging = event.task().merges();
    output.accept(new RowEvent.TaskStarted(event.task()));
  }

  @Override
  public void objectStarted(ReadEvent.ObjectStarted event) {
    object = event.url();
    linesToSkip = transform.format().headLines();
    decoder.objectStarted();
    automatic.objectStarted(object);
  }

  @Override
  public void chunk(Chunk chunk) {
    if (merging) {
      // These rows have been decoded, and counted, by other tasks.
      output.accept(new RowEvent.WrittenRows(chunk.bytes(), chunk.length()));
      chunk.release();
      return;
    }
    live.storedBytes += chunk.storedBytes();
    live.decodedBytes += chunk.length();
    if (!block.hasRoom(chunk)) {
      emptyBlock();
    }
    int begin = block.put(chunk);
    if (block.isFull()) {
      batch.begin(block.bytes());
    }
    decode(begin, begin + chunk.length(), chunk.line(), chunk.byteOffset() - begin);
    if (block.isFull()) {
      emptyBlock();
    }
  }

  private void emptyBlock() {
    batch.flush();
    emptied();
  }

  private void emptied() {
    block.clear();
    batch.begin(block.bytes());
  }

  /**
   * @param firstLine of the chunk's first byte
   * @param origin what must be added to an index in the block to give an offset in the object
   */
  private void decode(int begin, int to, long firstLine, long origin) {
    byte[] bytes = block.bytes();
    long line = firstLine;
    int from = begin;
    while (from < to) {
      int end = linesToSkip > 0 ? RecordDecoder.UNKNOWN : read(bytes, from, to, line, origin);
      if (end != RecordDecoder.UNKNOWN) {
        line += decoder.lines();
      } else {
        end = decodeExactly(bytes, from, to, line, origin);
        line += RecordBytes.newlines(bytes, from, end);
      }
      from = end;
    }
  }

  /** Returns where the next record begins, if this one could be read quickly. */
  private int read(byte[] bytes, int from, int to, long line, long origin) {
    int end = decoder.read(bytes, from, to, batch.row());
    if (end == RecordDecoder.UNKNOWN
        || (hasAutomatic && !automatic.read(readers, batch.row()))
        || batch.lacksTime()) {
      edits.undo(bytes, from, to);
      return RecordDecoder.UNKNOWN;
    }
    live.rowsRead++;
    batch.endRow(object, line, origin + from, from, end);
    return end;
  }

  /** Returns where the next record begins. */
  private int decodeExactly(byte[] bytes, int from, int to, long line, long origin) {
    RecordScanner next = linesToSkip > 0 ? lines : scanner;
    int end = next.endOfRecord(bytes, from, to);
    end = end < 0 ? to : end;
    if (linesToSkip > 0) {
      linesToSkip--;
      return end;
    }
    return record(bytes, from, end, line, origin);
  }

  /** Returns where the next record begins. */
  private int record(byte[] bytes, int start, int end, long firstLine, long origin) {
    int from = scanner.begin(bytes, start, end);
    long line = firstLine + RecordBytes.newlines(bytes, start, from);
    int to = scanner.contentEnd(bytes, from, end);
    if (RecordBytes.isBlank(bytes, from, to)) {
      batch.clearRow();
      return end;
    }
    try {
      if (!exact.split(bytes, from, to)) {
        batch.clearRow();
        return end;
      }
      exact.convert(batch.row());
      if (batch.lacksTime()) {
        throw batch.noTime();
      }
    } catch (RowRejected e) {
      int next = end;
      if (e.firstLineOnly()) {
        int newline = lines.endOfRecord(bytes, from, end);
        next = newline < 0 ? end : newline;
        to = Math.min(to, lines.contentEnd(bytes, from, next));
      }
      live.rowsRead++;
      batch.clearRow();
      batch.reject(Rejects.row(object, line, origin + from, e, bytes, from, to));
      return next;
    }
    live.rowsRead++;
    batch.endRow(object, line, origin + from, from, end);
    return end;
  }

  @Override
  public void oversizedRecord(ReadEvent.OversizedRecord event) {
    live.storedBytes += event.storedBytes();
    live.decodedBytes += event.bytes();
    if (linesToSkip > 0) {
      linesToSkip--;
      return;
    }
    live.rowsRead++;
    RowRejected reason =
        RowRejected.record(
            RejectCode.ROW_TOO_LARGE,
            "the record has " + event.bytes() + " bytes, more than a record may have");
    byte[] head = event.head();
    batch.reject(
        Rejects.row(object, event.line(), event.byteOffset(), reason, head, 0, head.length));
  }

  @Override
  public void typedRows(TypedRows event) {
    live.storedBytes += event.storedBytes();
    live.decodedBytes += event.decodedBytes();
    live.rowsRead += event.rows().rows();
    finish.finish(event.rows(), (row, why) -> typed.rejected(object, event, row, why));
    event.release();
  }

  @Override
  public void objectRead(ReadEvent.ObjectRead event) {
    if (merging) {
      return;
    }
    live.storedBytes += event.storedBytes();
    live.objects += event.counts() ? 1 : 0;
  }

  @Override
  public void taskRead(ReadEvent.TaskRead event) {
    emptyBlock();
    totals = totals.plusRead(live.toCounts());
    output.accept(new RowEvent.TaskDecoded(live.toCounts(), event.skipped()));
    live.clear();
    taskOpen = false;
  }

  @Override
  public void taskGivenUp(ReadEvent.TaskGivenUp event) {
    emptied();
    live.clear();
    taskOpen = false;
    totals = totals.plusFailed();
    output.accept(new RowEvent.TaskDropped());
  }

  @Override
  public void taskFoundDone(ReadEvent.TaskFoundDone event) {
    totals = totals.plusRead(event.counts());
  }
}
