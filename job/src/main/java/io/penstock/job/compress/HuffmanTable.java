package io.penstock.job.compress;

import java.util.Arrays;
import java.util.zip.DataFormatException;

/**
 * A code of a deflate block as a table that is indexed by the next bits. Codes longer than the root
 * are found in a second part of the table. An entry is
 *
 * <pre>
 *   bits 0-5    how many bits to drop, extra bits included
 *   literals    bits 6-7 how many (1 or 2), bits 8-23 the literals, first one lowest
 *   others      bits 6-7 zero, bits 8-22 base value, bits 24-27 bits of the code without extra bits
 *   exceptions  bit 31 set: bit 30 the block's end, bit 29 a link to the second part (bits 8-23
 *               where, bits 24-27 its index bits), neither: no such code
 * </pre>
 */
final class HuffmanTable {
  static final int LITERALS_SHIFT = 6;
  static final int LITERALS_MASK = 3 << LITERALS_SHIFT;
  static final int VALUE_SHIFT = 8;
  static final int VALUE_MASK = 0x7fff;
  static final int LINK_MASK = 0xffff;
  static final int CODE_SHIFT = 24;
  static final int CODE_MASK = 15;
  static final int DROP_MASK = 63;
  static final int EXCEPTION = 1 << 31;
  static final int END = 1 << 30;
  static final int LINK = 1 << 29;

  static final int MAX_BITS = 15;

  /** The second part never needs more for any code of at most 288 symbols. */
  private static final int SECOND_PART = 1 << 11;

  private final int rootBits;
  private final int[] symbols;
  private final int[] sorted;
  private final int[] counts = new int[MAX_BITS + 1];
  private final int[] offsets = new int[MAX_BITS + 2];

  /** The table; of interest up to what {@link #build} last wrote. */
  final int[] entries;

  /**
   * @param symbols the entry of each symbol, for a code of no bits
   */
  HuffmanTable(int rootBits, int[] symbols) {
    this.rootBits = rootBits;
    this.symbols = symbols;
    this.sorted = new int[symbols.length];
    this.entries = new int[(1 << rootBits) + SECOND_PART];
  }

  /**
   * @param lengths bits of each symbol's code, 0 for none
   * @param onlyComplete whether even a single code of one bit is refused
   */
  void build(byte[] lengths, int from, int count, boolean onlyComplete) throws DataFormatException {
    int longest = sort(lengths, from, count);
    int left = unused();
    if (left < 0 || (left > 0 && (onlyComplete || longest > 1))) {
      throw new DataFormatException("a code is over-subscribed or incomplete");
    }
    Arrays.fill(entries, 0, 1 << rootBits, EXCEPTION);
    int code = 0;
    int index = 0;
    for (int bits = 1; bits <= Math.min(longest, rootBits); bits++) {
      for (int i = counts[bits]; i > 0; i--, code++, index++) {
        int entry = withCode(symbols[sorted[index]], bits);
        for (int at = reversed(code, bits); at < 1 << rootBits; at += 1 << bits) {
          entries[at] = entry;
        }
      }
      code <<= 1;
    }
    if (longest > rootBits) {
      secondPart(code, longest, index);
    }
  }

  /** The entry in the second part: its bits to drop are those of the whole code. */
  static int linked(int[] entries, int link, long bits) {
    int index = (1 << ((link >>> CODE_SHIFT) & CODE_MASK)) - 1;
    return entries[((link >>> VALUE_SHIFT) & LINK_MASK) + ((int) (bits >>> link) & index)];
  }

  /** The base value and the extra bits behind the code. */
  static int value(int entry, long bits) {
    long code = bits & ((1L << entry) - 1);
    return ((entry >>> VALUE_SHIFT) & VALUE_MASK)
        + (int) (code >>> ((entry >>> CODE_SHIFT) & CODE_MASK));
  }

  /** Symbols by length of code, then in their order; returns the longest code's bits. */
  private int sort(byte[] lengths, int from, int count) {
    Arrays.fill(counts, 0);
    for (int symbol = 0; symbol < count; symbol++) {
      counts[lengths[from + symbol]]++;
    }
    offsets[1] = 0;
    int longest = 0;
    for (int bits = 1; bits <= MAX_BITS; bits++) {
      offsets[bits + 1] = offsets[bits] + counts[bits];
      longest = counts[bits] > 0 ? bits : longest;
    }
    for (int symbol = 0; symbol < count; symbol++) {
      int bits = lengths[from + symbol];
      if (bits > 0) {
        sorted[offsets[bits]++] = symbol;
      }
    }
    return longest;
  }

  /** Room in the code space; negative if there are too many codes. */
  private int unused() {
    int left = 1;
    for (int bits = 1; bits <= MAX_BITS; bits++) {
      left = (left << 1) - counts[bits];
      if (left < 0) {
        return left;
      }
    }
    return left;
  }

  private void secondPart(int firstCode, int longest, int firstIndex) {
    int code = firstCode;
    int index = firstIndex;
    int end = 1 << rootBits;
    int start = 0;
    int indexBits = 0;
    int prefix = -1;
    for (int bits = rootBits + 1; bits <= longest; bits++) {
      for (int i = counts[bits]; i > 0; i--, code++, index++) {
        int whole = reversed(code, bits);
        int root = whole & ((1 << rootBits) - 1);
        if (root != prefix) {
          prefix = root;
          start = end;
          indexBits = indexBits(bits, i, longest);
          end += 1 << indexBits;
          entries[root] =
              EXCEPTION | LINK | (indexBits << CODE_SHIFT) | (start << VALUE_SHIFT) | rootBits;
        }
        int entry = withCode(symbols[sorted[index]], bits);
        for (int at = whole >>> rootBits; at < 1 << indexBits; at += 1 << (bits - rootBits)) {
          entries[start + at] = entry;
        }
      }
      code <<= 1;
    }
  }

  /** How many bits tell the codes apart that share a root, from the first, shortest one on. */
  private int indexBits(int bits, int remaining, int longest) {
    int needed = bits - rootBits;
    int space = (1 << needed) - remaining;
    while (space > 0 && rootBits + needed < longest) {
      needed++;
      space = (space << 1) - counts[rootBits + needed];
    }
    return needed;
  }

  /** An exception stays one, and has no value that its code's bits could stand beside. */
  private static int withCode(int symbol, int bits) {
    boolean plain = symbol < 0 || (symbol & LITERALS_MASK) != 0;
    return symbol + bits + (plain ? 0 : bits << CODE_SHIFT);
  }

  private static int reversed(int code, int bits) {
    return Integer.reverse(code) >>> (Integer.SIZE - bits);
  }

  /** Joins literals whose codes are found by one look together. */
  void pairLiterals(int[] singles) {
    int size = 1 << rootBits;
    System.arraycopy(entries, 0, singles, 0, size);
    for (int at = 0; at < size; at++) {
      int first = singles[at];
      if ((first & LITERALS_MASK) == 0) {
        continue;
      }
      int bits = first & DROP_MASK;
      int second = singles[at >>> bits];
      if ((second & LITERALS_MASK) != 0 && bits + (second & DROP_MASK) <= rootBits) {
        entries[at] = first + ((second & ~0xff) << 8) + (second & 0xff);
      }
    }
  }
}
