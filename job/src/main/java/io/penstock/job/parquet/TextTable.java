package io.penstock.job.parquet;

import java.util.Arrays;

/**
 * Distinct texts in the order in which they first came, each with its number.
 *
 * <p>Where a table is in no cache, waiting for memory is what looking up costs. Many texts are
 * therefore looked up at once in passes without branches, so that they wait together.
 */
final class TextTable {
  private static final int MIN_SLOT_BITS = 4;

  /** Short entries are read and written in whole words. */
  private static final int SLACK = 32;

  private static final int OFFSET_BITS = 20;
  private static final int OFFSET_MASK = (1 << OFFSET_BITS) - 1;
  private static final int NUMBER_BITS = 17;
  private static final int NUMBER_MASK = (1 << NUMBER_BITS) - 1;
  private static final int TAG_SHIFT = OFFSET_BITS + NUMBER_BITS;

  /** Of a hash. */
  private static final int UNKEPT_BITS = Integer.SIZE - (Long.SIZE - TAG_SHIFT);

  private final FileBuffers buffers;
  private final Workspace workspace;

  /** Each entry: its length in four bytes, then its bytes. */
  private final GrowingBytes entries;

  /**
   * Per slot, from the highest bit: what is kept of the hash, the number plus one, and where in
   * {@link #entries} the entry is; 0 if free.
   */
  private byte[] slots = new byte[0];

  private int slotBits;
  private int size;

  TextTable(FileBuffers buffers, Workspace workspace) {
    this.buffers = buffers;
    this.workspace = workspace;
    this.entries = new GrowingBytes(buffers);
  }

  /**
   * Makes the texts at {@code rows[from]} to {@code rows[to - 1]} ready for {@link #find}.
   *
   * @param to at most {@link io.penstock.job.record.RowBatch#CAPACITY} behind {@code from}
   */
  void prepare(byte[] text, int[] starts, int[] lengths, int[] rows, int from, int to) {
    if (slots.length == 0) {
      allocateSlots(MIN_SLOT_BITS);
      entries.reserve(SLACK);
    }
    int[] tags = workspace.tags();
    for (int i = from; i < to; i++) {
      tags[i - from] = tag(text, starts[rows[i]], lengths[rows[i]]);
    }
    findCandidates(tags, lengths, rows, from, to);
  }

  /**
   * Per text the slot that its hash says or the one behind it, if an entry of that hash and length
   * is in it, or 0.
   */
  private void findCandidates(int[] tags, int[] lengths, int[] rows, int from, int to) {
    byte[] table = slots;
    byte[] known = entries.bytes();
    int mask = (1 << slotBits) - 1;
    long[] candidates = workspace.candidates();
    for (int i = 0; i < to - from; i++) {
      long first = LittleEndian.longAt(table, (tags[i] & mask) << 3);
      long second = LittleEndian.longAt(table, (tags[i] + 1 & mask) << 3);
      candidates[i] = tag(first) == tags[i] ? first : second;
    }
    for (int i = 0; i < to - from; i++) {
      long slot = candidates[i];
      int length = LittleEndian.intAt(known, offset(slot));
      int differences = (tag(slot) ^ tags[i]) | (length ^ lengths[rows[from + i]]);
      candidates[i] = differences == 0 ? slot : 0;
    }
  }

  /**
   * The number of a text; a new one is added.
   *
   * @param index among those that were made ready last
   * @param limit of the table's size
   * @return -1 if the text is new and the table is full
   */
  int find(int index, byte[] text, int start, int length, int limit) {
    long slot = workspace.candidates()[index];
    int number = number(slot) - 1;
    return number >= 0
            && ByteWords.equal(text, start, entries.bytes(), offset(slot) + Integer.BYTES, length)
        ? number
        : probe(text, start, length, workspace.tags()[index], limit);
  }

  /** As {@link #find(int, byte[], int, int, int)}, of any text. */
  int find(byte[] text, int start, int length, int limit) {
    if (slots.length == 0) {
      allocateSlots(MIN_SLOT_BITS);
    }
    return probe(text, start, length, tag(text, start, length), limit);
  }

  private int probe(byte[] text, int start, int length, int tag, int limit) {
    int mask = (1 << slotBits) - 1;
    int slot = tag & mask;
    for (int probes = 0; probes < DictionaryLimits.MAX_PROBES; probes++) {
      long found = LittleEndian.longAt(slots, slot << 3);
      if (found == 0) {
        return size < limit ? add(text, start, length, tag, slot) : -1;
      }
      if (tag(found) == tag && equal(offset(found), text, start, length)) {
        return number(found) - 1;
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  /** What is kept of a text's hash. */
  private static int tag(byte[] text, int start, int length) {
    return ByteWords.hash(text, start, length) >>> UNKEPT_BITS;
  }

  private static int tag(long slot) {
    return (int) (slot >>> TAG_SHIFT);
  }

  /** The number plus one. */
  private static int number(long slot) {
    return (int) (slot >>> OFFSET_BITS) & NUMBER_MASK;
  }

  private static int offset(long slot) {
    return (int) slot & OFFSET_MASK;
  }

  private boolean equal(int offset, byte[] text, int start, int length) {
    byte[] known = entries.bytes();
    return LittleEndian.intAt(known, offset) == length
        && ByteWords.equal(text, start, known, offset + Integer.BYTES, length);
  }

  private int add(byte[] text, int start, int length, int tag, int slot) {
    if (length > DictionaryLimits.MAX_BYTES
        || entries.size() + Integer.BYTES + length > DictionaryLimits.MAX_BYTES) {
      return -1;
    }
    int number = size++;
    int at = entries.size();
    byte[] bytes = entries.reserve(Integer.BYTES + length + SLACK);
    LittleEndian.putInt(bytes, at, length);
    ByteWords.copy(text, start, bytes, at + Integer.BYTES, length);
    entries.resize(at + Integer.BYTES + length);
    long entry = ((long) tag << TAG_SHIFT) | ((long) size << OFFSET_BITS) | at;
    LittleEndian.putLong(slots, slot << 3, entry);
    if (size * 2 > (1 << slotBits)) {
      rehash();
    }
    return number;
  }

  private void rehash() {
    byte[] old = slots;
    int oldLength = Long.BYTES << slotBits;
    allocateSlots(slotBits + 1);
    int mask = (1 << slotBits) - 1;
    for (int at = 0; at < oldLength; at += Long.BYTES) {
      long entry = LittleEndian.longAt(old, at);
      if (entry != 0) {
        int slot = tag(entry) & mask;
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

  int size() {
    return size;
  }

  GrowingBytes entries() {
    return entries;
  }

  /** Empty, and without buffers. */
  void clear() {
    entries.release();
    if (slots.length > 0) {
      buffers.give(slots);
    }
    slots = new byte[0];
    size = 0;
  }
}
