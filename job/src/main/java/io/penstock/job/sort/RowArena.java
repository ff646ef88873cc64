package io.penstock.job.sort;

import java.util.Arrays;

/** Rows in memory, one behind another, and the order in which they are looked at. */
final class RowArena {
  private static final int INITIAL_BYTES = 64 * 1024;
  private static final int INITIAL_ROWS = 1024;

  /** Below it insertion is faster than merging. */
  private static final int SHORT_RUN = 12;

  private final int maxBytes;
  private byte[] bytes = new byte[INITIAL_BYTES];
  private int end;
  private int[] rows = new int[INITIAL_ROWS];
  private int[] spare = {};
  private int count;

  /**
   * @param maxBytes that its rows may take; a single row may always take more
   */
  RowArena(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Whether rows of so many bytes together can be added. */
  boolean hasRoom(int length) {
    return count == 0 || (long) end + length <= maxBytes;
  }

  /** Copies a row behind the others. */
  void add(byte[] source, int from, int length) {
    if (end + length > bytes.length) {
      long larger = Math.min(maxBytes, bytes.length * 2L);
      bytes = Arrays.copyOf(bytes, (int) Math.max(larger, (long) end + length));
    }
    if (count == rows.length) {
      rows = Arrays.copyOf(rows, 2 * count);
    }
    System.arraycopy(source, from, bytes, end, length);
    rows[count++] = end;
    end += length;
  }

  int count() {
    return count;
  }

  int usedBytes() {
    return end;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where the row at this place in the order begins. */
  int at(int place) {
    return rows[place];
  }

  /** Puts rows in order, those of one key as they came, and makes one of those that combine. */
  void sort(RowLayout layout) {
    if (spare.length < count) {
      spare = new int[rows.length];
    }
    sort(0, count);
    if (layout.combines()) {
      combine(layout);
    }
  }

  private void sort(int from, int to) {
    if (to - from <= SHORT_RUN) {
      insert(from, to);
      return;
    }
    int middle = (from + to) >>> 1;
    sort(from, middle);
    sort(middle, to);
    if (compare(rows[middle - 1], rows[middle]) > 0) {
      merge(from, middle, to);
    }
  }

  private void insert(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int row = rows[i];
      int place = i;
      while (place > from && compare(rows[place - 1], row) > 0) {
        rows[place] = rows[place - 1];
        place--;
      }
      rows[place] = row;
    }
  }

  private void merge(int from, int middle, int to) {
    System.arraycopy(rows, from, spare, from, middle - from);
    int left = from;
    int right = middle;
    int place = from;
    while (left < middle && right < to) {
      rows[place++] = compare(spare[left], rows[right]) <= 0 ? spare[left++] : rows[right++];
    }
    System.arraycopy(spare, left, rows, place, middle - left);
  }

  private int compare(int row, int other) {
    return RowLayout.compare(bytes, row, bytes, other);
  }

  private void combine(RowLayout layout) {
    int left = 0;
    for (int i = 1; i < count; i++) {
      if (compare(rows[left], rows[i]) == 0) {
        layout.combine(bytes, rows[left], bytes, rows[i]);
      } else {
        rows[++left] = rows[i];
      }
    }
    count = count == 0 ? 0 : left + 1;
  }

  /** Takes the rows that are left to the beginning, in their order. */
  void compact() {
    int needed = 0;
    for (int i = 0; i < count; i++) {
      needed += RowLayout.length(bytes, rows[i]);
    }
    byte[] compact = new byte[Math.max(INITIAL_BYTES, needed)];
    int at = 0;
    for (int i = 0; i < count; i++) {
      int length = RowLayout.length(bytes, rows[i]);
      System.arraycopy(bytes, rows[i], compact, at, length);
      rows[i] = at;
      at += length;
    }
    bytes = compact;
    end = at;
  }

  void clear() {
    count = 0;
    end = 0;
  }
}
