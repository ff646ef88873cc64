package io.penstock.job.parquet;

import java.util.Arrays;

/**
 * Distinct texts in the order in which they first came, each with its id. Each new one widens a
 * range, so that the others need not be compared.
 *
 * <p>Where a dictionary is in no cache, waiting for memory is what looking up costs. Many texts are
 * therefore looked up at once in passes without branches, so that they wait together.
 */
final class TextDictionary {
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
  private final TextRange range;

  /** Each entry: its length in four bytes, then its bytes. */
  private final GrowingBytes entries;

  /**
   * Per slot, from the highest bit: what is kept of the hash, the id plus one, and where in {@link
   * #entries} the entry is; 0 if free.
   */
  private byte[] slots = new byte[0];

  private int slotBits;
  private int size;
  private int limit = DictionaryLimits.FIRST_LIMIT;

  TextDictionary(FileBuffers buffers, Workspace workspace, TextRange range) {
    this.buffers = buffers;
    this.workspace = workspace;
    this.range = range;
    this.entries = new GrowingBytes(buffers);
  }

  /**
   * Appends the ids of texts until one is new and the dictionary is full.
   *
   * @param to at most {@link io.penstock.job.record.RowBatch#CAPACITY} behind {@code from}
   * @return the index of that one, or {@code to}
   */
  int appendIds(ColumnArrays arrays, int[] rows, int from, int to, GrowingBytes ids) {
    if (slots.length == 0) {
      allocateSlots(MIN_SLOT_BITS);
      entries.reserve(SLACK);
    }
    int[] tags = tags(arrays, rows, from, to);
    long[] candidates = candidates(tags, arrays.lengths, rows, from, to);
    byte[] text = arrays.text;
    byte[] known = entries.bytes();
    byte[] target = ids.reserve((to - from) * Short.BYTES);
    int at = ids.size();
    int next = from;
    while (next < to) {
      int start = arrays.starts[rows[next]];
      int length = arrays.lengths[rows[next]];
      long slot = candidates[next - from];
      int id = number(slot) - 1;
      if (id < 0 || !ByteWords.equal(text, start, known, offset(slot) + Integer.BYTES, length)) {
        id = find(text, start, length, tags[next - from]);
        if (id < 0) {
          break;
        }
        known = entries.bytes();
      }
      LittleEndian.putShort(target, at, id);
      at += Short.BYTES;
      next++;
    }
    ids.resize(at);
    return next;
  }

  /** What is kept of each text's hash. */
  private int[] tags(ColumnArrays arrays, int[] rows, int from, int to) {
    byte[] text = arrays.text;
    int[] starts = arrays.starts;
    int[] lengths = arrays.lengths;
    int[] tags = workspace.tags();
    for (int i = from; i < to; i++) {
      tags[i - from] = ByteWords.hash(text, starts[rows[i]], lengths[rows[i]]) >>> UNKEPT_BITS;
    }
    return tags;
  }

  /**
   * Per text the slot that its hash says or the one behind it, if an entry of that hash and length
   * is in it, or 0.
   */
  private long[] candidates(int[] tags, int[] lengths, int[] rows, int from, int to) {
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
    return candidates;
  }

  private static int tag(long slot) {
    return (int) (slot >>> TAG_SHIFT);
  }

  /** The id plus one. */
  private static int number(long slot) {
    return (int) (slot >>> OFFSET_BITS) & NUMBER_MASK;
  }

  private static int offset(long slot) {
    return (int) slot & OFFSET_MASK;
  }

  /** The text's id; -1 if it is new and the dictionary is full. */
  private int find(byte[] text, int start, int length, int tag) {
    int mask = (1 << slotBits) - 1;
    int slot = tag & mask;
    for (int probes = 0; probes < DictionaryLimits.MAX_PROBES; probes++) {
      long found = LittleEndian.longAt(slots, slot << 3);
      if (found == 0) {
        return add(text, start, length, tag, slot);
      }
      if (tag(found) == tag && equal(offset(found), text, start, length)) {
        return number(found) - 1;
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  private boolean equal(int offset, byte[] text, int start, int length) {
    byte[] known = entries.bytes();
    return LittleEndian.intAt(known, offset) == length
        && ByteWords.equal(text, start, known, offset + Integer.BYTES, length);
  }

  private int add(byte[] text, int start, int length, int tag, int slot) {
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
    long entry = ((long) tag << TAG_SHIFT) | ((long) size << OFFSET_BITS) | at;
    LittleEndian.putLong(slots, slot << 3, entry);
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

  /** Appends entries as a plain page has them. */
  void copyTo(GrowingBytes ids, GrowingBytes page) {
    byte[] known = entries.bytes();
    int[] offsets = offsets();
    for (int at = 0; at < ids.size(); at += Short.BYTES) {
      int offset = offsets[LittleEndian.unsignedShort(ids.bytes(), at)];
      page.put(known, offset, Integer.BYTES + LittleEndian.intAt(known, offset));
    }
  }

  private int[] offsets() {
    int[] offsets = new int[size];
    int offset = 0;
    for (int id = 0; id < size; id++) {
      offsets[id] = offset;
      offset += Integer.BYTES + LittleEndian.intAt(entries.bytes(), offset);
    }
    return offsets;
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
    if (slots.length > 0) {
      buffers.give(slots);
    }
    slots = new byte[0];
    size = 0;
    limit = DictionaryLimits.FIRST_LIMIT;
  }
}
