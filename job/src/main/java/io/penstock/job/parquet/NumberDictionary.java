package io.penstock.job.parquet;

import java.util.Arrays;

/**
 * Distinct numbers in the order in which they first came, each with its id. Many are looked up at
 * once, so that they wait for memory together.
 */
final class NumberDictionary {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final int MIN_SLOT_BITS = 4;

  private final FileBuffers buffers;
  private final Workspace workspace;
  private final int width;
  private final GrowingBytes entries;
  private byte[] slots = new byte[0];
  private int slotBits;
  private int size;
  private int limit = DictionaryLimits.FIRST_LIMIT;

  /**
   * @param width of an entry in bytes, 4 or 8
   */
  NumberDictionary(FileBuffers buffers, Workspace workspace, int width) {
    this.buffers = buffers;
    this.workspace = workspace;
    this.width = width;
    this.entries = new GrowingBytes(buffers);
  }

  /**
   * Appends the ids of numbers until one is new and the dictionary is full.
   *
   * @param to at most {@link io.penstock.job.record.RowBatch#CAPACITY} behind {@code from}
   * @return the index of that one, or {@code to}
   */
  int appendIds(long[] numbers, int from, int to, GrowingBytes ids) {
    if (slots.length == 0) {
      allocateSlots(MIN_SLOT_BITS);
    }
    int[] candidates = candidates(numbers, from, to);
    byte[] target = ids.reserve((to - from) * Short.BYTES);
    int at = ids.size();
    int next = from;
    while (next < to) {
      long number = numbers[next];
      int id = candidates[next - from];
      if (id < 0 || valueOf(id) != number) {
        id = find(number);
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

  /** Per number the id in the slot that its hash says, or -1. */
  private int[] candidates(long[] numbers, int from, int to) {
    byte[] table = slots;
    int[] candidates = workspace.candidateIds();
    for (int i = from; i < to; i++) {
      candidates[i - from] = LittleEndian.intAt(table, slotOf(numbers[i]) << 2) - 1;
    }
    return candidates;
  }

  /** The value's id; -1 if it is new and the dictionary is full. */
  private int find(long value) {
    byte[] table = slots;
    int mask = (1 << slotBits) - 1;
    int slot = slotOf(value);
    for (int probes = 0; probes < DictionaryLimits.MAX_PROBES; probes++) {
      int id = LittleEndian.intAt(table, slot << 2) - 1;
      if (id < 0) {
        return add(value, slot);
      }
      if (valueOf(id) == value) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  private int slotOf(long value) {
    return (int) (((value ^ (value >>> 32)) * MULTIPLIER) >>> (Long.SIZE - slotBits));
  }

  private int add(long value, int slot) {
    if (size == limit) {
      return -1;
    }
    int id = size++;
    byte[] bytes = entries.reserve(Long.BYTES);
    LittleEndian.putLong(bytes, id * width, value);
    entries.resize(size * width);
    LittleEndian.putInt(slots, slot << 2, size);
    if (size * 2 > (1 << slotBits)) {
      rehash();
    }
    return id;
  }

  private void rehash() {
    byte[] old = slots;
    allocateSlots(slotBits + 1);
    buffers.give(old);
    int mask = (1 << slotBits) - 1;
    for (int id = 0; id < size; id++) {
      int slot = slotOf(valueOf(id));
      while (LittleEndian.intAt(slots, slot << 2) != 0) {
        slot = (slot + 1) & mask;
      }
      LittleEndian.putInt(slots, slot << 2, id + 1);
    }
  }

  private void allocateSlots(int bits) {
    slotBits = bits;
    slots = buffers.take(Integer.BYTES << bits);
    Arrays.fill(slots, (byte) 0);
  }

  long valueOf(int id) {
    byte[] bytes = entries.bytes();
    return width == Long.BYTES
        ? LittleEndian.longAt(bytes, id << 3)
        : LittleEndian.intAt(bytes, id << 2);
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
