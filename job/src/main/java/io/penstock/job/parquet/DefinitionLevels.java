package io.penstock.job.parquet;

import java.util.Arrays;

/** Which rows of the open page have a value. Bits are held only when some have and some not. */
final class DefinitionLevels {
  /** A run of so many equal bytes, eight rows each, is shorter as a run. */
  private static final int MIN_RUN_BYTES = 8;

  private final GrowingBytes bits;
  private int rows;
  private int nulls;

  DefinitionLevels(FileBuffers buffers) {
    this.bits = new GrowingBytes(buffers);
  }

  int rows() {
    return rows;
  }

  int nulls() {
    return nulls;
  }

  int heldBytes() {
    return bits.size();
  }

  /**
   * @param present how many of the rows {@code selected[from]} to {@code selected[to - 1]} are not
   *     null
   */
  void append(boolean[] isNull, int[] selected, int from, int to, int present) {
    int count = to - from;
    boolean mixed = !(present == count && nulls == 0) && !(present == 0 && nulls == rows);
    if (mixed) {
      appendBits(isNull, selected, from, to);
    }
    rows += count;
    nulls += count - present;
  }

  private void appendBits(boolean[] isNull, int[] selected, int from, int to) {
    if (bits.size() == 0) {
      fillBits();
    }
    int size = bytes(rows + to - from);
    byte[] bytes = bits.reserve(size - bits.size());
    int row = rows;
    int eight = (row & 7) == 0 ? 0 : bytes[row >> 3];
    for (int i = from; i < to; i++) {
      eight |= (isNull[selected[i]] ? 0 : 1) << (row & 7);
      if ((row & 7) == 7) {
        bytes[row >> 3] = (byte) eight;
        eight = 0;
      }
      row++;
    }
    if ((row & 7) != 0) {
      bytes[row >> 3] = (byte) eight;
    }
    bits.resize(size);
  }

  /** The rows so far, which are all null or all not. */
  private void fillBits() {
    int size = bytes(rows);
    byte[] bytes = bits.reserve(size);
    Arrays.fill(bytes, 0, size, (byte) (nulls == 0 ? 0xFF : 0));
    if (nulls == 0 && (rows & 7) != 0) {
      bytes[size - 1] = (byte) ((1 << (rows & 7)) - 1);
    }
    bits.resize(size);
  }

  private static int bytes(int rows) {
    return (rows + 7) >> 3;
  }

  /** Appends the levels, with their length before them. */
  void encode(GrowingBytes page) {
    int begin = page.size();
    page.reserve(Integer.BYTES);
    page.resize(begin + Integer.BYTES);
    if (bits.size() == 0) {
      page.putVarint(rows << 1);
      page.putByte(nulls == 0 ? 1 : 0);
    } else {
      encodeBits(page);
    }
    LittleEndian.putInt(page.bytes(), begin, page.size() - begin - Integer.BYTES);
  }

  private void encodeBits(GrowingBytes page) {
    byte[] bytes = bits.bytes();
    int whole = rows >> 3;
    int packed = 0;
    int at = 0;
    while (at < whole) {
      int end = at + 1;
      if (bytes[at] == 0 || bytes[at] == -1) {
        while (end < whole && bytes[end] == bytes[at]) {
          end++;
        }
      }
      if (end - at >= MIN_RUN_BYTES) {
        putPacked(page, packed, at);
        page.putVarint((end - at) << 4);
        page.putByte(bytes[at] & 1);
        packed = end;
      }
      at = end;
    }
    putPacked(page, packed, bits.size());
  }

  /** The bits are already what Parquet wants. */
  private void putPacked(GrowingBytes page, int from, int to) {
    if (to > from) {
      page.putVarint(((to - from) << 1) | 1);
      page.put(bits.bytes(), from, to - from);
    }
  }

  void clear() {
    bits.release();
    rows = 0;
    nulls = 0;
  }
}
