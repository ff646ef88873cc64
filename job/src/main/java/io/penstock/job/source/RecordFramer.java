package io.penstock.job.source;

import io.penstock.job.record.ByteSearch;
import io.penstock.job.record.Chunk;
import io.penstock.job.record.ChunkBuffers;
import io.penstock.job.record.ReadEvent;
import io.penstock.job.record.RecordScanner;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.RejectedRow;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts one object's decompressed bytes into chunks of whole records. Memory is bounded by the
 * longest record that is allowed; a longer one is skipped and reported.
 */
final class RecordFramer {
  private static final long NEWLINE = ByteSearch.repeated('\n');
  private static final byte[] NOTHING = {};

  /** Decoders look at some bytes more than there are; without these they would have to copy. */
  private static final int PADDING = 16;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  /** Sizes in bytes: of a chunk, and of the longest record. */
  record Limits(int chunk, int record) {
    static final Limits DEFAULT = new Limits(256 * 1024, 16 * 1024 * 1024);

    /** Of what the job has written itself: nothing is too long to be read again. */
    static final Limits OWN = new Limits(256 * 1024, 1024 * 1024 * 1024);

    /** Keeps the arrays of chunks that are not larger than most. */
    ChunkBuffers newBuffers() {
      return new ChunkBuffers(chunk + PADDING);
    }
  }

  private final InputStream in;
  private final StoredBytes stored;
  private final RecordScanner scanner;
  private final Limits limits;
  private final ChunkBuffers buffers;
  private int linesToSkip;

  private byte[] buffer;
  private int filled;
  private boolean ended;
  private boolean begun;
  private long line = 1;
  private long offset;

  /** Tells how many stored bytes have been consumed since it was last asked. */
  @FunctionalInterface
  interface StoredBytes {
    long sinceLastAsked();
  }

  RecordFramer(
      InputStream in,
      StoredBytes stored,
      RecordFormat format,
      Limits limits,
      ChunkBuffers buffers) {
    this(in, stored, RecordScanner.of(format), format.headLines(), limits, buffers);
  }

  private RecordFramer(
      InputStream in,
      StoredBytes stored,
      RecordScanner scanner,
      int headLines,
      Limits limits,
      ChunkBuffers buffers) {
    this.in = in;
    this.stored = stored;
    this.scanner = scanner;
    this.limits = limits;
    this.buffers = buffers;
    this.linesToSkip = headLines;
    this.buffer = buffers.take(limits.chunk() + PADDING);
  }

  /** Cuts a {@link io.penstock.spec.RunFile}; its first byte is of a length and none of a mark. */
  static RecordFramer ofRun(InputStream in, StoredBytes stored, ChunkBuffers buffers) {
    return new RecordFramer(in, stored, new RecordScanner.Prefixed(), 0, Limits.OWN, buffers);
  }

  /** The next chunk or oversized record; empty at the object's end. */
  Optional<ReadEvent> next() throws IOException {
    if (!begun) {
      begun = true;
      skipByteOrderMark();
    }
    while (true) {
      fill();
      if (filled == 0) {
        buffers.give(buffer);
        buffer = NOTHING;
        return Optional.empty();
      }
      int end = ended ? filled : lastBoundary();
      if (end > 0) {
        return Optional.of(chunk(end));
      }
      if (filled >= limits.record()) {
        return Optional.of(oversized());
      }
      buffer = Arrays.copyOf(buffer, Math.min(filled * 2, limits.record()) + PADDING);
    }
  }

  private void skipByteOrderMark() throws IOException {
    fill();
    int mark = BYTE_ORDER_MARK.length;
    if (filled >= mark && Arrays.equals(buffer, 0, mark, BYTE_ORDER_MARK, 0, mark)) {
      drop(mark);
      offset = mark;
    }
  }

  private void fill() throws IOException {
    int room = buffer.length - PADDING;
    while (!ended && filled < room) {
      int read = in.read(buffer, filled, room - filled);
      if (read < 0) {
        ended = true;
      } else {
        filled += read;
      }
    }
  }

  /** Behind the last whole record; the object's first lines may be none of the format. */
  private int lastBoundary() {
    int from = 0;
    RecordScanner lines = new RecordScanner.Lines();
    for (int skipped = 0; skipped < linesToSkip; skipped++) {
      int end = lines.endOfRecord(buffer, from, filled);
      if (end < 0) {
        return from;
      }
      from = end;
    }
    int last = scanner.endOfLastRecord(buffer, from, filled);
    return last < 0 ? from : last;
  }

  private Chunk chunk(int end) {
    byte[] bytes = buffer;
    int length = end;
    int rest = filled - end;
    buffer = ended ? NOTHING : buffers.take(Math.max(limits.chunk(), rest) + PADDING);
    System.arraycopy(bytes, end, buffer, 0, rest);
    filled = rest;
    Chunk chunk = new Chunk(bytes, length, line, offset, stored.sinceLastAsked(), buffers);
    int lines = ByteSearch.count(bytes, 0, length, NEWLINE);
    linesToSkip = Math.max(0, linesToSkip - lines);
    line += lines;
    offset += length;
    return chunk;
  }

  /** Gives up the record's first line only: what follows may be sound, if a quote is to blame. */
  private ReadEvent oversized() throws IOException {
    byte[] head = Arrays.copyOf(buffer, Math.min(filled, RejectedRow.MAX_ROW_BYTES));
    long skipped = 0;
    int newline = indexOfNewline();
    while (newline < 0 && filled > 0) {
      skipped += filled;
      filled = 0;
      fill();
      newline = indexOfNewline();
    }
    if (newline >= 0) {
      if (skipped == 0 && newline < head.length) {
        head = Arrays.copyOf(head, newline);
      }
      skipped += newline + 1L;
      drop(newline + 1);
    }
    ReadEvent event =
        new ReadEvent.OversizedRecord(head, line, offset, skipped, stored.sinceLastAsked());
    line++;
    offset += skipped;
    linesToSkip = Math.max(0, linesToSkip - 1);
    return event;
  }

  private int indexOfNewline() {
    int newline = ByteSearch.first(buffer, 0, filled, NEWLINE);
    return newline < filled ? newline : -1;
  }

  private void drop(int count) {
    System.arraycopy(buffer, count, buffer, 0, filled - count);
    filled -= count;
  }
}
