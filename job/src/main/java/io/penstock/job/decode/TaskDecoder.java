package io.penstock.job.decode;

import io.penstock.job.record.Chunk;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.ReadEvent;
import io.penstock.job.record.RecordScanner;
import io.penstock.job.record.RowBatch;
import io.penstock.job.record.RowEvent;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.RejectCode;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TransformSpec;
import java.util.List;
import java.util.function.Consumer;

/**
 * Decodes the events of one task after another. Free of Flink; used by one thread. What it holds of
 * an unfinished task is void at the next {@link ReadEvent.TaskStarted}.
 */
final class TaskDecoder implements ReadEvent.Receiver {
  private static final int MAX_BATCH_BYTES = 512 * 1024;
  private static final int MAX_BATCH_REJECTS = 64;

  private final TransformSpec transform;
  private final Consumer<RowEvent> output;
  private final RecordScanner lines = new RecordScanner.Lines();
  private final RecordScanner scanner;
  private final RecordDecoder decoder;
  private final ColumnConverter[] converters;
  private final Fields fields;
  private final RowBatch batch;
  private final int timeColumn;
  private final Block block = new Block();
  private final Edits edits = new Edits();

  private final LiveCounts live = new LiveCounts();
  private Totals totals;
  private boolean taskOpen;
  private String object;
  private int linesToSkip;
  private int batchBytes;

  /**
   * @param totals of tasks that ended before this decoder was made
   */
  TaskDecoder(TransformSpec transform, Totals totals, Consumer<RowEvent> output) {
    this.transform = transform;
    this.totals = totals;
    this.output = output;
    this.scanner = RecordScanner.of(transform.format());
    List<ColumnSpec> columns = transform.columns();
    this.converters =
        columns.stream()
            .map(column -> new ColumnConverter(column, transform.nullValues()))
            .toArray(ColumnConverter[]::new);
    this.fields = new Fields(columns.size());
    this.batch =
        new RowBatch(
            columns.stream()
                .map(column -> new ColumnVector(column.type()))
                .toArray(ColumnVector[]::new));
    this.timeColumn = transform.timeColumnIndex();
    this.decoder = RecordDecoder.of(transform, readers(), edits);
  }

  private ColumnReader[] readers() {
    ColumnReader[] readers = new ColumnReader[batch.columnCount()];
    for (int i = 0; i < readers.length; i++) {
      ColumnSpec column = transform.columns().get(i);
      readers[i] = ColumnReader.of(column, transform.nullValues(), batch.column(i));
    }
    return readers;
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
    block.clear();
    clearBatch();
    taskOpen = true;
    output.accept(new RowEvent.TaskStarted(event.task()));
  }

  @Override
  public void objectStarted(ReadEvent.ObjectStarted event) {
    object = event.url();
    linesToSkip = transform.format() instanceof RecordFormat.Csv csv ? csv.skipLines() : 0;
    decoder.objectStarted();
  }

  @Override
  public void chunk(Chunk chunk) {
    live.storedBytes += chunk.storedBytes();
    live.decodedBytes += chunk.length();
    if (!block.hasRoom(chunk)) {
      emptyBlock();
    }
    int begin = block.put(chunk);
    if (block.isFull()) {
      clearBatch();
    }
    decode(begin, begin + chunk.length(), chunk.line(), chunk.byteOffset() - begin);
    if (block.isFull()) {
      emptyBlock();
    }
  }

  private void emptyBlock() {
    flush();
    block.clear();
    clearBatch();
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
      int end = linesToSkip > 0 ? RecordDecoder.UNKNOWN : read(bytes, from, to);
      if (end != RecordDecoder.UNKNOWN) {
        line += decoder.lines();
      } else {
        end = decodeExactly(bytes, from, to, line, origin);
        line += newlines(bytes, from, end);
      }
      from = end;
    }
  }

  /** Returns where the next record begins, if the record could be read quickly. */
  private int read(byte[] bytes, int from, int to) {
    int row = batch.rows();
    int end = decoder.read(bytes, from, to, row);
    if (end == RecordDecoder.UNKNOWN || batch.column(timeColumn).isNull(row)) {
      edits.undo(bytes, from, to);
      edits.forget();
      return RecordDecoder.UNKNOWN;
    }
    edits.forget();
    live.rowsRead++;
    endRow(end - from);
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
  private int record(byte[] bytes, int from, int end, long line, long origin) {
    int to = withoutLineEnd(bytes, from, end);
    if (isBlank(bytes, from, to)) {
      return end;
    }
    fields.clear();
    try {
      if (!decoder.decode(bytes, from, to, fields)) {
        return end;
      }
      live.rowsRead++;
      convert();
    } catch (RowRejected e) {
      int next = end;
      if (e.firstLineOnly()) {
        int newline = lines.endOfRecord(bytes, from, end);
        next = newline < 0 ? end : newline;
        to = withoutLineEnd(bytes, from, next);
      }
      live.rowsRead += e.column().isPresent() ? 0 : 1;
      batch.clearRow();
      reject(Rejects.row(object, line, origin + from, e, bytes, from, to));
      return next;
    }
    endRow(end - from);
    return end;
  }

  private void endRow(int bytes) {
    batch.endRow();
    live.rowsWritten++;
    batchBytes += bytes;
    if (batch.rows() == RowBatch.CAPACITY || batchBytes >= MAX_BATCH_BYTES) {
      flush();
    }
  }

  private void convert() throws RowRejected {
    int row = batch.rows();
    for (int i = 0; i < converters.length; i++) {
      boolean present;
      try {
        present = converters[i].convert(fields.kind(i), fields.text(i), batch.column(i), row);
      } catch (Unconvertible e) {
        throw RowRejected.value(e.code(), transform.columns().get(i).name(), e.getMessage());
      }
      if (!present && i == timeColumn) {
        throw RowRejected.value(
            RejectCode.NULL_TIMESTAMP, transform.timeColumn(), "the row has no time");
      }
    }
  }

  private void reject(RejectedRow row) {
    live.rowsRejected++;
    batch.rejects().add(row);
    batchBytes += Rejects.BYTES_EACH;
    if (batch.rejects().size() >= MAX_BATCH_REJECTS) {
      flush();
    }
  }

  @Override
  public void oversizedRecord(ReadEvent.OversizedRecord event) {
    live.storedBytes += event.storedBytes();
    live.decodedBytes += event.bytes();
    live.rowsRead++;
    RowRejected reason =
        RowRejected.record(
            RejectCode.ROW_TOO_LARGE,
            "the record has " + event.bytes() + " bytes, more than a record may have");
    byte[] head = event.head();
    reject(Rejects.row(object, event.line(), event.byteOffset(), reason, head, 0, head.length));
  }

  @Override
  public void objectRead(ReadEvent.ObjectRead event) {
    live.storedBytes += event.storedBytes();
    live.objects++;
  }

  @Override
  public void taskRead(ReadEvent.TaskRead event) {
    flush();
    totals = totals.plusRead(live.toCounts());
    output.accept(new RowEvent.TaskDecoded(live.toCounts(), event.skipped()));
    live.clear();
    taskOpen = false;
  }

  @Override
  public void taskGivenUp(ReadEvent.TaskGivenUp event) {
    clearBatch();
    live.clear();
    taskOpen = false;
    totals = totals.plusFailed();
    output.accept(new RowEvent.TaskDropped());
  }

  @Override
  public void taskFoundDone(ReadEvent.TaskFoundDone event) {
    totals = totals.plusRead(event.counts());
  }

  private void flush() {
    if (batch.rows() > 0 || !batch.rejects().isEmpty()) {
      output.accept(batch);
      clearBatch();
    }
  }

  private void clearBatch() {
    batch.clear(block.bytes());
    batchBytes = 0;
  }

  private static int withoutLineEnd(byte[] bytes, int from, int end) {
    int to = end;
    if (to > from && bytes[to - 1] == '\n') {
      to--;
    }
    if (to > from && bytes[to - 1] == '\r') {
      to--;
    }
    return to;
  }

  private static boolean isBlank(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private static long newlines(byte[] bytes, int from, int to) {
    long count = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        count++;
      }
    }
    return count;
  }
}
