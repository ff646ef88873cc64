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
 * first, and many runs go through a column at once. It also takes less heap than columns do: of a
 * text that is known, only the number.
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

  /** The length of the known text whose number is 0; that of the next one is less by one. */
  private static final int FIRST_KNOWN = -2;

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
      at =
          isText(c)
              ? putTexts(batch, c, selected, from, to, piece, at)
              : putNumbers(batch.column(c), types[c], selected, from, to, piece, at);
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

  private boolean isText(int column) {
    return types[column] == ColumnType.STRING || types[column] == ColumnType.JSON;
  }

  /**
   * @return where the next column begins
   */
  private static int putNumbers(
      ColumnVector vector,
      ColumnType type,
      int[] selected,
      int from,
      int to,
      byte[] piece,
      int begin) {
    int at = putNulls(vector.nulls(), selected, from, to, piece, begin);
    long[] longs = vector.longs();
    double[] doubles = vector.doubles();
    boolean isDouble = type == ColumnType.DOUBLE;
    for (int i = from; i < to; i++) {
      int row = selected[i];
      long number = isDouble ? Double.doubleToRawLongBits(doubles[row]) : longs[row];
      LittleEndian.putLong(piece, at, number);
      at += Long.BYTES;
    }
    return at;
  }

  private static int putNulls(
      boolean[] isNull, int[] selected, int from, int to, byte[] piece, int begin) {
    int at = begin;
    for (int i = from; i < to; i++) {
      piece[at++] = (byte) (isNull[selected[i]] ? 1 : 0);
    }
    return at;
  }

  private int putTexts(
      RowBatch batch, int column, int[] selected, int from, int to, byte[] piece, int begin) {
    ColumnVector vector = batch.column(column);
    boolean[] isNull = vector.nulls();
    byte[] text = vector.text();
    int[] starts = vector.starts();
    int[] lengths = vector.lengths();
    int[] numbers = workspace.knownTexts().numbers(batch, column);
    int length = begin;
    int at = begin + (to - from) * Integer.BYTES;
    for (int i = from; i < to; i++) {
      int row = selected[i];
      if (isNull[row]) {
        LittleEndian.putInt(piece, length, NULL);
      } else if (numbers != null && numbers[row] >= 0) {
        LittleEndian.putInt(piece, length, FIRST_KNOWN - numbers[row]);
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
      drainColumn(encoders[c], c);
    }
    pieces.forEach(buffers::give);
    pieces.clear();
    blocks.release();
    pieceEnd = 0;
    bytes = 0;
  }

  private void drainColumn(ColumnEncoder encoder, int column) throws IOException {
    ColumnArrays arrays = workspace.staged();
    KnownTexts.Column known = workspace.knownTexts().column(column);
    arrays.showKnown(known);
    byte[] table = blocks.bytes();
    int rows = 0;
    for (int block = 0; block < blocks.size(); block += BLOCK_ENTRY) {
      byte[] piece = pieces.get(LittleEndian.intAt(table, block));
      int at = LittleEndian.intAt(table, block + CURSOR);
      int more = LittleEndian.intAt(table, block + ROWS);
      // Texts stay in their piece, so one call takes those of one piece.
      if (rows + more > RowBatch.CAPACITY || (rows > 0 && isText(column) && arrays.text != piece)) {
        encoder.append(arrays, workspace.inOrder(), 0, rows);
        rows = 0;
      }
      arrays.text = piece;
      int end =
          isText(column)
              ? showTexts(arrays, known, rows, more, piece, at)
              : showNumbers(arrays, rows, more, piece, at, types[column]);
      LittleEndian.putInt(table, block + CURSOR, end);
      rows += more;
    }
    if (rows > 0) {
      encoder.append(arrays, workspace.inOrder(), 0, rows);
    }
  }

  private static int showTexts(
      ColumnArrays arrays, KnownTexts.Column known, int first, int count, byte[] piece, int begin) {
    int at = begin + count * Integer.BYTES;
    for (int i = 0; i < count; i++) {
      int length = LittleEndian.intAt(piece, begin + i * Integer.BYTES);
      arrays.nulls[first + i] = length == NULL;
      if (length <= FIRST_KNOWN) {
        int number = FIRST_KNOWN - length;
        arrays.known[first + i] = number;
        arrays.starts[first + i] = known.start(number);
        arrays.lengths[first + i] = known.length(number);
      } else {
        if (known != null) {
          arrays.known[first + i] = -1;
        }
        arrays.starts[first + i] = at;
        arrays.lengths[first + i] = length;
        at += Math.max(0, length);
      }
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
