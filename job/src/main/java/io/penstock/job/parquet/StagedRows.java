package io.penstock.job.parquet;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows that came in short runs, held back until there are many. With hundreds of open files the
 * buffers of a column are in no cache when its turn comes; a run is therefore written in one place
 * first, and many runs go through a column at once. It also takes less heap than columns do.
 *
 * <p>A run is a block: column by column, its values. A block never crosses the end of a piece.
 */
final class StagedRows {
  private static final int MIN_PIECE = 1024;
  private static final int MAX_PIECE = 64 * 1024;

  private static final int CURSOR = Integer.BYTES;
  private static final int ROWS = 2 * Integer.BYTES;
  private static final int BLOCK_ENTRY = 3 * Integer.BYTES;

  /** The length of a text that is null. */
  private static final int NULL = -1;

  private final ColumnType[] types;
  private final FileBuffers buffers;
  private final Workspace workspace;
  private final List<byte[]> pieces = new ArrayList<>();

  /** Per block its piece, where in it the column to be read next begins, and its rows. */
  private final GrowingBytes blocks;

  private int pieceEnd;
  private long bytes;

  StagedRows(List<ColumnSpec> columns, FileBuffers buffers, Workspace workspace) {
    this.types = columns.stream().map(ColumnSpec::type).toArray(ColumnType[]::new);
    this.buffers = buffers;
    this.workspace = workspace;
    this.blocks = new GrowingBytes(buffers);
  }

  long bytes() {
    return bytes;
  }

  /**
   * Adds the rows at {@code selected[from]} to {@code selected[to - 1]}.
   *
   * @param textBytes that all their texts take
   * @return false if they are too large to be held; nothing has been done then
   */
  boolean add(RowBatch batch, int[] selected, int from, int to, long textBytes) {
    int rows = to - from;
    long largest = textBytes + (long) types.length * rows * (1 + Long.BYTES);
    if (largest > MAX_PIECE) {
      return false;
    }
    byte[] piece = pieceFor((int) largest);
    int begin = pieceEnd;
    int at = begin;
    for (int c = 0; c < types.length; c++) {
      at = put(batch.column(c), types[c], selected, from, to, piece, at);
    }
    putBlock(begin, rows);
    bytes += at - begin;
    pieceEnd = at;
    return true;
  }

  private byte[] pieceFor(int wanted) {
    byte[] last = pieces.isEmpty() ? null : pieces.get(pieces.size() - 1);
    if (last != null && last.length - pieceEnd >= wanted) {
      return last;
    }
    int doubled = last == null ? MIN_PIECE : Math.min(MAX_PIECE, 2 * last.length);
    byte[] next = buffers.take(Math.max(doubled, wanted));
    pieces.add(next);
    pieceEnd = 0;
    return next;
  }

  private void putBlock(int begin, int rows) {
    byte[] table = blocks.reserve(BLOCK_ENTRY);
    int block = blocks.size();
    LittleEndian.putInt(table, block, pieces.size() - 1);
    LittleEndian.putInt(table, block + CURSOR, begin);
    LittleEndian.putInt(table, block + ROWS, rows);
    blocks.resize(block + BLOCK_ENTRY);
  }

  /**
   * @return where the next column begins
   */
  private static int put(
      ColumnVector vector,
      ColumnType type,
      int[] selected,
      int from,
      int to,
      byte[] piece,
      int begin) {
    return switch (type) {
      case STRING, JSON -> putTexts(vector, selected, from, to, piece, begin);
      case DOUBLE -> {
        int at = putNulls(vector.nulls(), selected, from, to, piece, begin);
        double[] doubles = vector.doubles();
        for (int i = from; i < to; i++) {
          LittleEndian.putLong(piece, at, Double.doubleToRawLongBits(doubles[selected[i]]));
          at += Long.BYTES;
        }
        yield at;
      }
      case BOOLEAN, INT32, INT64, TIMESTAMP -> {
        int at = putNulls(vector.nulls(), selected, from, to, piece, begin);
        long[] longs = vector.longs();
        for (int i = from; i < to; i++) {
          LittleEndian.putLong(piece, at, longs[selected[i]]);
          at += Long.BYTES;
        }
        yield at;
      }
    };
  }

  private static int putNulls(
      boolean[] isNull, int[] selected, int from, int to, byte[] piece, int begin) {
    int at = begin;
    for (int i = from; i < to; i++) {
      piece[at++] = (byte) (isNull[selected[i]] ? 1 : 0);
    }
    return at;
  }

  private static int putTexts(
      ColumnVector vector, int[] selected, int from, int to, byte[] piece, int begin) {
    boolean[] isNull = vector.nulls();
    byte[] text = vector.text();
    int[] starts = vector.starts();
    int[] lengths = vector.lengths();
    int length = begin;
    int at = begin + (to - from) * Integer.BYTES;
    for (int i = from; i < to; i++) {
      int row = selected[i];
      if (isNull[row]) {
        LittleEndian.putInt(piece, length, NULL);
      } else {
        LittleEndian.putInt(piece, length, lengths[row]);
        ByteWords.copy(text, starts[row], piece, at, lengths[row]);
        at += lengths[row];
      }
      length += Integer.BYTES;
    }
    return at;
  }

  /** Gives all rows to the columns, in their order, and holds none then. */
  void drainTo(ColumnEncoder[] encoders) throws IOException {
    if (bytes == 0) {
      return;
    }
    for (int c = 0; c < types.length; c++) {
      drainColumn(encoders[c], types[c]);
    }
    pieces.forEach(buffers::give);
    pieces.clear();
    blocks.release();
    pieceEnd = 0;
    bytes = 0;
  }

  private void drainColumn(ColumnEncoder encoder, ColumnType type) throws IOException {
    ColumnArrays arrays = workspace.staged();
    byte[] table = blocks.bytes();
    int rows = 0;
    for (int block = 0; block < blocks.size(); block += BLOCK_ENTRY) {
      byte[] piece = pieces.get(LittleEndian.intAt(table, block));
      int at = LittleEndian.intAt(table, block + CURSOR);
      int more = LittleEndian.intAt(table, block + ROWS);
      // Texts stay in their piece, so one call takes those of one piece.
      if (rows + more > RowBatch.CAPACITY || (rows > 0 && arrays.text != piece)) {
        encoder.append(arrays, workspace.inOrder(), 0, rows);
        rows = 0;
      }
      arrays.text = piece;
      int end =
          type == ColumnType.STRING || type == ColumnType.JSON
              ? showTexts(arrays, rows, more, piece, at)
              : showNumbers(arrays, rows, more, piece, at, type);
      LittleEndian.putInt(table, block + CURSOR, end);
      rows += more;
    }
    if (rows > 0) {
      encoder.append(arrays, workspace.inOrder(), 0, rows);
    }
  }

  private static int showTexts(ColumnArrays arrays, int first, int count, byte[] piece, int begin) {
    int at = begin + count * Integer.BYTES;
    for (int i = 0; i < count; i++) {
      int length = LittleEndian.intAt(piece, begin + i * Integer.BYTES);
      arrays.nulls[first + i] = length == NULL;
      arrays.starts[first + i] = at;
      arrays.lengths[first + i] = length;
      at += Math.max(0, length);
    }
    return at;
  }

  private static int showNumbers(
      ColumnArrays arrays, int first, int count, byte[] piece, int begin, ColumnType type) {
    for (int i = 0; i < count; i++) {
      arrays.nulls[first + i] = piece[begin + i] != 0;
    }
    int at = begin + count;
    for (int i = 0; i < count; i++) {
      long number = LittleEndian.longAt(piece, at);
      if (type == ColumnType.DOUBLE) {
        arrays.doubles[first + i] = Double.longBitsToDouble(number);
      } else {
        arrays.longs[first + i] = number;
      }
      at += Long.BYTES;
    }
    return at;
  }
}
