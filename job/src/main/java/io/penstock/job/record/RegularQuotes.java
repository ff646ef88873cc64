package io.penstock.job.record;

/**
 * Finds the last line end outside quotes where every quote in the bytes is regular: it opens at a
 * field's beginning, closes, or is one of a pair. Then a byte is inside quotes if the number of
 * quotes before it is odd, which is counted for eight bytes at a time.
 */
final class RegularQuotes {
  /** Not all quotes are regular. */
  static final int UNKNOWN = -2;

  private static final long NEWLINES = ByteSearch.repeated('\n');
  private static final long LOWEST = 0x80;

  /** Whether a window begins inside quotes is remembered, to look at it again from behind. */
  private static final int WINDOW = 2048;

  private final byte delimiter;
  private final byte quote;
  private final long delimiters;
  private final long quotes;

  RegularQuotes(char delimiter, char quote) {
    this.delimiter = (byte) delimiter;
    this.quote = (byte) quote;
    this.delimiters = ByteSearch.repeated(delimiter);
    this.quotes = ByteSearch.repeated(quote);
  }

  /**
   * @param from where a record begins
   * @return the index behind the line end, -1 if there is none, or {@link #UNKNOWN}
   */
  int endOfLastRecord(byte[] bytes, int from, int to) {
    boolean[] beginsInside = new boolean[(to - from) / WINDOW + 1];
    boolean inside = false;
    for (int window = 0; window < beginsInside.length; window++) {
      beginsInside[window] = inside;
      int begin = from + window * WINDOW;
      int end = Math.min(begin + WINDOW, to);
      long parity = parityBehind(bytes, from, begin, end, inside ? -1 : 0);
      if (parity == UNKNOWN) {
        return UNKNOWN;
      }
      inside = parity != 0;
    }
    for (int window = beginsInside.length - 1; window >= 0; window--) {
      int begin = from + window * WINDOW;
      int end = Math.min(begin + WINDOW, to);
      int last = lastLineEnd(bytes, begin, end, beginsInside[window] ? -1 : 0);
      if (last >= 0) {
        return last + 1;
      }
    }
    return -1;
  }

  /**
   * @param parityBefore -1 inside quotes, 0 outside
   */
  private long parityBehind(byte[] bytes, int from, int begin, int end, long parityBefore) {
    long parity = parityBefore;
    for (int i = begin; i < end; i += Long.BYTES) {
      long word = ByteSearch.word(bytes, i);
      long marks = ByteSearch.allMarked(word, quotes) & within(i, end);
      if (marks != 0) {
        long opening = marks & (parities(marks) ^ parity);
        long separators =
            ByteSearch.allMarked(word, delimiters) | ByteSearch.allMarked(word, NEWLINES) | marks;
        long irregular = opening & ~(separators << Byte.SIZE);
        if (irregular != 0 && (irregular != LOWEST || !mayOpenAt(bytes, from, i))) {
          return UNKNOWN;
        }
        parity ^= parities(marks) >> 63;
      }
    }
    return parity;
  }

  private boolean mayOpenAt(byte[] bytes, int from, int index) {
    if (index == from) {
      return true;
    }
    byte before = bytes[index - 1];
    return before == delimiter || before == '\n' || before == quote;
  }

  private int lastLineEnd(byte[] bytes, int begin, int end, long parityBefore) {
    int last = -1;
    long parity = parityBefore;
    for (int i = begin; i < end; i += Long.BYTES) {
      long word = ByteSearch.word(bytes, i);
      long parities = parities(ByteSearch.allMarked(word, quotes) & within(i, end));
      long lineEnds = ByteSearch.allMarked(word, NEWLINES) & within(i, end) & ~(parities ^ parity);
      if (lineEnds != 0) {
        last = i + Long.BYTES - 1 - (Long.numberOfLeadingZeros(lineEnds) >>> 3);
      }
      parity ^= parities >> 63;
    }
    return last;
  }

  /** Marks the bytes up to which, themselves included, the number of marks is odd. */
  private static long parities(long marks) {
    long parities = marks ^ (marks << 8);
    parities ^= parities << 16;
    return parities ^ (parities << 32);
  }

  /** The bits of bytes before {@code end}. */
  private static long within(int index, int end) {
    int rest = end - index;
    return rest >= Long.BYTES ? -1 : (1L << (rest << 3)) - 1;
  }
}
