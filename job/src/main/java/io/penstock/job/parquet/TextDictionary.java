package io.penstock.job.parquet;

import java.util.Arrays;

/**
 * The distinct texts of a row group, each with its id. Each new one widens a range, so that the
 * others need not be compared.
 */
final class TextDictionary {
  private final FileBuffers buffers;
  private final TextRange range;
  private final TextTable table;

  /** By the number of a known text its id plus one in two bytes, or 0. */
  private byte[] idsOfKnown = new byte[0];

  private int limit = DictionaryLimits.FIRST_LIMIT;

  TextDictionary(FileBuffers buffers, Workspace workspace, TextRange range) {
    this.buffers = buffers;
    this.range = range;
    this.table = new TextTable(buffers, workspace);
  }

  /**
   * Appends the ids of texts until one is new and the dictionary is full.
   *
   * @param to at most {@link io.penstock.job.record.RowBatch#CAPACITY} behind {@code from}
   * @return the index of that one, or {@code to}
   */
  int appendIds(ColumnArrays arrays, int[] rows, int from, int to, GrowingBytes ids) {
    byte[] text = arrays.text;
    table.prepare(text, arrays.starts, arrays.lengths, rows, from, to);
    byte[] target = ids.reserve((to - from) * Short.BYTES);
    int at = ids.size();
    int size = table.size();
    int next = from;
    while (next < to) {
      int start = arrays.starts[rows[next]];
      int length = arrays.lengths[rows[next]];
      int id = table.find(next - from, text, start, length, limit);
      if (id < 0) {
        break;
      }
      if (id == size) {
        size++;
        range.add(text, start, length);
      }
      LittleEndian.putShort(target, at, id);
      at += Short.BYTES;
      next++;
    }
    ids.resize(at);
    return next;
  }

  /** As {@link #appendIds}, of texts that are known: a text's id is then found by its number. */
  int appendIdsOfKnown(ColumnArrays arrays, int[] rows, int from, int to, GrowingBytes ids) {
    byte[] target = ids.reserve((to - from) * Short.BYTES);
    int at = ids.size();
    int next = from;
    while (next < to) {
      int row = rows[next];
      int place = arrays.known[row] * Short.BYTES;
      int id = place < idsOfKnown.length ? LittleEndian.unsignedShort(idsOfKnown, place) - 1 : -1;
      if (id < 0) {
        id = idOfNewlyMet(place, arrays.knownText, arrays.starts[row], arrays.lengths[row]);
        if (id < 0) {
          break;
        }
      }
      LittleEndian.putShort(target, at, id);
      at += Short.BYTES;
      next++;
    }
    ids.resize(at);
    return next;
  }

  private int idOfNewlyMet(int place, byte[] text, int start, int length) {
    int size = table.size();
    int id = table.find(text, start, length, limit);
    if (id == size) {
      range.add(text, start, length);
    }
    // The last id has no successor in two bytes, and is looked up each time.
    if (id >= 0 && id < DictionaryLimits.MAX_ENTRIES - 1) {
      if (place >= idsOfKnown.length) {
        makeRoom(place + Short.BYTES);
      }
      LittleEndian.putShort(idsOfKnown, place, id + 1);
    }
    return id;
  }

  private void makeRoom(int bytes) {
    byte[] larger = buffers.take(bytes);
    int length = idsOfKnown.length;
    System.arraycopy(idsOfKnown, 0, larger, 0, length);
    Arrays.fill(larger, length, larger.length, (byte) 0);
    forgetKnown();
    idsOfKnown = larger;
  }

  private void forgetKnown() {
    if (idsOfKnown.length > 0) {
      buffers.give(idsOfKnown);
      idsOfKnown = new byte[0];
    }
  }

  /** Appends entries as a plain page has them. */
  void copyTo(GrowingBytes ids, GrowingBytes page) {
    byte[] known = table.entries().bytes();
    int[] offsets = offsets();
    for (int at = 0; at < ids.size(); at += Short.BYTES) {
      int offset = offsets[LittleEndian.unsignedShort(ids.bytes(), at)];
      page.put(known, offset, Integer.BYTES + LittleEndian.intAt(known, offset));
    }
  }

  private int[] offsets() {
    byte[] known = table.entries().bytes();
    int[] offsets = new int[table.size()];
    int offset = 0;
    for (int id = 0; id < offsets.length; id++) {
      offsets[id] = offset;
      offset += Integer.BYTES + LittleEndian.intAt(known, offset);
    }
    return offsets;
  }

  int size() {
    return table.size();
  }

  /** The entries as a dictionary page has them. */
  GrowingBytes entries() {
    return table.entries();
  }

  /** Whether it is full only until it has shown that it pays. */
  boolean raiseLimit() {
    if (table.size() < limit || limit == DictionaryLimits.MAX_ENTRIES) {
      return false;
    }
    limit *= 2;
    return true;
  }

  void clear() {
    table.clear();
    forgetKnown();
    limit = DictionaryLimits.FIRST_LIMIT;
  }
}
