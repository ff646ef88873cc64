package io.penstock.job.decode;

import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The top-level keys that are known: those that columns want, and others once they have been met,
 * so that they too can be foreseen.
 */
final class JsonKeys {
  /** Bytes of a name; half of what the exact way of decoding refuses. */
  static final int MAX_LENGTH = 32 * 1024;

  private static final int MAX_UNWANTED = 1000;
  private static final int MAX_UNWANTED_LENGTH = 64;
  private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;
  private static final long QUOTES = '"' * Words.ONES;
  private static final ColumnReader[] NO_READERS = {};

  /** Hash table with linear probing, never more than half full. */
  private final JsonKey[] slots;

  private final int shift;
  private final List<JsonKey> wanted = new ArrayList<>();
  private final List<ColumnReader> withoutKey = new ArrayList<>();
  private final JsonKey unknown = new JsonKey();
  private int unwanted;

  /**
   * @param readers one for each column
   */
  JsonKeys(List<ColumnSpec> columns, ColumnReader[] readers) {
    Map<String, List<ColumnReader>> byName = new LinkedHashMap<>();
    for (int i = 0; i < readers.length; i++) {
      if (columns.get(i).source() instanceof ColumnSource.Field field) {
        byName.computeIfAbsent(field.name(), name -> new ArrayList<>()).add(readers[i]);
      } else {
        withoutKey.add(readers[i]);
      }
    }
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(2 * (byName.size() + MAX_UNWANTED));
    this.slots = new JsonKey[1 << bits];
    this.shift = Long.SIZE - bits;
    byName.forEach(this::addWanted);
  }

  private void addWanted(String name, List<ColumnReader> readers) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    boolean plain = name.chars().allMatch(c -> c >= ' ' && c != '"' && c != '\\');
    // Other names are met with escapes or not at all, and such keys are not read quickly.
    if (plain
        && StandardCharsets.UTF_8.newEncoder().canEncode(name)
        && bytes.length <= MAX_LENGTH) {
      JsonKey key = new JsonKey(bytes, readers.toArray(ColumnReader[]::new), unknown);
      wanted.add(key);
      byte[] padded = Arrays.copyOf(bytes, bytes.length + Words.PADDING);
      slots[freeSlot(padded, 0, bytes.length)] = key;
    } else {
      withoutKey.addAll(readers);
    }
  }

  /** Of columns that no record which is read quickly has. */
  List<ColumnReader> withoutKey() {
    return withoutKey;
  }

  /** Comes before the first key of a record. */
  JsonKey begin() {
    return new JsonKey(new byte[0], NO_READERS, unknown);
  }

  /** Those that columns want. */
  List<JsonKey> wanted() {
    return wanted;
  }

  /** The key whose name, of up to 15 bytes, begins at {@code from}; null if it is not known. */
  JsonKey findShort(byte[] bytes, int from) {
    long head = Words.at(bytes, from);
    long tail = Words.at(bytes, from + Long.BYTES);
    long inHead = Words.equal(head, QUOTES);
    long inTail = Words.equal(tail, QUOTES);
    if ((inHead | inTail) == 0) {
      return null;
    }
    tail = inHead != 0 ? 0 : tail & Words.below(inTail);
    head = inHead != 0 ? head & Words.below(inHead) : head;
    int slot = slot(head, tail);
    while (slots[slot] != null) {
      if (slots[slot].isAt(bytes, from)) {
        return slots[slot];
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return null;
  }

  /** The key of a name that needs no escape; one that nothing is equal to if it is not known. */
  JsonKey find(byte[] bytes, int from, int to) {
    int slot = slot(bytes, from, to);
    while (slots[slot] != null) {
      JsonKey key = slots[slot];
      if (key.length == to - from + 1 && key.isAt(bytes, from)) {
        return key;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    if (unwanted == MAX_UNWANTED || to - from > MAX_UNWANTED_LENGTH) {
      return unknown;
    }
    unwanted++;
    slots[slot] = new JsonKey(Arrays.copyOfRange(bytes, from, to), NO_READERS, unknown);
    return slots[slot];
  }

  private int freeSlot(byte[] bytes, int from, int to) {
    int slot = slot(bytes, from, to);
    while (slots[slot] != null) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  /** By the first and the last eight bytes, or what there is of the first sixteen. */
  private int slot(byte[] bytes, int from, int to) {
    int length = to - from;
    long head = Words.at(bytes, from);
    if (length < Long.BYTES) {
      return slot(head & Words.mask(length), 0);
    }
    long tail =
        length < 2 * Long.BYTES
            ? Words.at(bytes, from + Long.BYTES) & Words.mask(length - Long.BYTES)
            : Words.at(bytes, to - Long.BYTES);
    return slot(head, tail);
  }

  private int slot(long head, long tail) {
    long mixed = (head ^ Long.rotateLeft(tail, 31)) * MULTIPLIER;
    return (int) (((mixed ^ (mixed >>> 29)) * MULTIPLIER) >>> shift);
  }
}
