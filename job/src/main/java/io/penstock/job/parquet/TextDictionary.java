package io.penstock.job.parquet;

import java.util.Arrays;

/**
 * Distinct texts in the order in which they first came, each with its id. Each new one widens a
 * range, so that the others need not be compared.
 */
final class TextDictionary {
  private static final int MIN_SLOT_BITS = 4;

  /** Short entries are read and written in whole words. */
  private static final int SLACK = 32;

  private final FileBuffers buffers;
  private final TextRange range;

  /** Each entry: its length in four bytes, then its bytes. */
  private final GrowingBytes entries;

  /** Where in {@link #entries} each entry is. */
  private final GrowingBytes offsets;

  /** Per slot the hash, and below it the id plus one; 0 if free. */
  private byte[] slots = new byte[0];

  private int slotBits;
  private int size;
  private int limit = DictionaryLimits.FIRST_LIMIT;

  TextDictionary(FileBuffers buffers, TextRange range) {
    this.buffers = buffers;
    this.range = range;
    this.entries = new GrowingBytes(buffers);
    this.offsets = new GrowingBytes(buffers);
  }

  /**
   * Appends the ids of texts until one is new and the dictionary is full.
   *
   * @return the index of that one, or {@code to}
   */
  int appendIds(ColumnArrays arrays, int[] rows, int from, int to, GrowingBytes ids) {
    if (slots.length == 0) {
      allocateSlots(MIN_SLOT_BITS);
    }
    int next = appendKnown(arrays, rows, from, to, ids);
    while (next < to) {
      int row = rows[next];
      int id = find(arrays.text, arrays.starts[row], arrays.lengths[row]);
      if (id < 0) {
        return next;
      }
      ids.putShort(id);
      next = appendKnown(arrays, rows, next + 1, to, ids);
    }
    return next;
  }

  /** As long as each is in the slot that its hash says; nothing is changed, so all is in locals. */
  private int appendKnown(ColumnArrays arrays, int[] rows, int from, int to, GrowingBytes ids) {
    byte[] text = arrays.text;
    int[] starts = arrays.starts;
    int[] lengths = arrays.lengths;
    byte[] table = slots;
    byte[] known = entries.bytes();
    byte[] places = offsets.bytes();
    int mask = (1 << slotBits) - 1;
    byte[] target = ids.reserve((to - from) * Short.BYTES);
    int at = ids.size();
    int next = from;
    while (next < to) {
      int start = starts[rows[next]];
      int length = lengths[rows[next]];
      int hash = ByteWords.hash(text, start, length);
      long found = LittleEndian.longAt(table, (hash & mask) << 3);
      int id = (int) found - 1;
      if ((int) (found >>> Integer.SIZE) != hash || id < 0) {
        break;
      }
      int place = LittleEndian.intAt(places, id << 2);
      if (LittleEndian.intAt(known, place) != length
          || !ByteWords.equal(text, start, known, place + Integer.BYTES, length)) {
        break;
      }
      LittleEndian.putShort(target, at, id);
      at += Short.BYTES;
      next++;
    }
    ids.resize(at);
    return next;
  }

  /** The text's id; -1 if it is new and the dictionary is full. */
  private int find(byte[] text, int start, int length) {
    byte[] table = slots;
    int mask = (1 << slotBits) - 1;
    int hash = ByteWords.hash(text, start, length);
    int slot = hash & mask;
    for (int probes = 0; probes < DictionaryLimits.MAX_PROBES; probes++) {
      long found = LittleEndian.longAt(table, slot << 3);
      if (found == 0) {
        return add(text, start, length, hash, slot);
      }
      if ((int) (found >>> Integer.SIZE) == hash) {
        int id = (int) found - 1;
        if (equal(id, text, start, length)) {
          return id;
        }
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  private boolean equal(int id, byte[] text, int start, int length) {
    byte[] bytes = entries.bytes();
    int at = offset(id);
    return LittleEndian.intAt(bytes, at) == length
        && ByteWords.equal(text, start, bytes, at + Integer.BYTES, length);
  }

  private int add(byte[] text, int start, int length, int hash, int slot) {
    if (size == limit
        || length > DictionaryLimits.MAX_BYTES
        || entries.size() + Integer.BYTES + length > DictionaryLimits.MAX_BYTES) {
      return -1;
    }
    range.add(text, start, length);
    int id = size++;
    int at = entries.size();
    byte[] bytes = entries.reserve(Integer.BYTES + length + SLACK);
    LittleEndian.putInt(bytes, at, length);
    ByteWords.copy(text, start, bytes, at + Integer.BYTES, length);
    entries.resize(at + Integer.BYTES + length);
    LittleEndian.putInt(offsets.reserve(Integer.BYTES), offsets.size(), at);
    offsets.resize(offsets.size() + Integer.BYTES);
    LittleEndian.putLong(slots, slot << 3, ((long) hash << Integer.SIZE) | size);
    if (size * 2 > (1 << slotBits)) {
      rehash();
    }
    return id;
  }

  private void rehash() {
    byte[] old = slots;
    int oldLength = Long.BYTES << slotBits;
    allocateSlots(slotBits + 1);
    int mask = (1 << slotBits) - 1;
    for (int at = 0; at < oldLength; at += Long.BYTES) {
      long entry = LittleEndian.longAt(old, at);
      if (entry != 0) {
        int slot = (int) (entry >>> Integer.SIZE) & mask;
        while (LittleEndian.longAt(slots, slot << 3) != 0) {
          slot = (slot + 1) & mask;
        }
        LittleEndian.putLong(slots, slot << 3, entry);
      }
    }
    buffers.give(old);
  }

  private void allocateSlots(int bits) {
    slotBits = bits;
    slots = buffers.take(Long.BYTES << bits);
    Arrays.fill(slots, (byte) 0);
  }

  private int offset(int id) {
    return LittleEndian.intAt(offsets.bytes(), id << 2);
  }

  /** Appends an entry as a plain page has it. */
  void copyTo(int id, GrowingBytes page) {
    int at = offset(id);
    page.put(entries.bytes(), at, Integer.BYTES + LittleEndian.intAt(entries.bytes(), at));
  }

  int size() {
    return size;
  }

  /** The entries as a dictionary page has them. */
  GrowingBytes entries() {
    return entries;
  }

  /** Whether it is full only until it has shown that it pays. */
  boolean raiseLimit() {
    if (size < limit || limit == DictionaryLimits.MAX_ENTRIES) {
      return false;
    }
    limit *= 2;
    return true;
  }

  void clear() {
    entries.release();
    offsets.release();
    if (slots.length > 0) {
      buffers.give(slots);
    }
    slots = new byte[0];
    size = 0;
    limit = DictionaryLimits.FIRST_LIMIT;
  }
}
