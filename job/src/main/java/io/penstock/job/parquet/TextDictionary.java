package io.penstock.job.parquet;

import java.util.Arrays;

/** Distinct texts in the order in which they first came, each with its id. */
final class TextDictionary {
  private static final int MIN_SLOT_BITS = 4;

  private final FileBuffers buffers;

  /** Each entry: its length in four bytes, then its bytes. */
  private final GrowingBytes entries;

  /** Where in {@link #entries} each entry is. */
  private final GrowingBytes offsets;

  /** Per slot the hash, and below it the id plus one; 0 if free. */
  private byte[] slots = new byte[0];

  private int slotBits;
  private int size;
  private int limit = DictionaryLimits.FIRST_LIMIT;

  TextDictionary(FileBuffers buffers) {
    this.buffers = buffers;
    this.entries = new GrowingBytes(buffers);
    this.offsets = new GrowingBytes(buffers);
  }

  /**
   * The text's id, which equals the former {@link #size} if it is new; -1 if it is new and the
   * dictionary is full.
   */
  int idOf(byte[] text, int start, int length) {
    if (slots.length == 0) {
      allocateSlots(MIN_SLOT_BITS);
    }
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
    int id = size++;
    int at = entries.size();
    byte[] bytes = entries.reserve(Integer.BYTES + length + Long.BYTES);
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
