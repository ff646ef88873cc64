package io.penstock.job.compress;

/** What the symbols of deflate stand for (RFC 1951, 3.2.5), as entries of {@link HuffmanTable}. */
final class DeflateSymbols {
  static final int LITERALS = 256;
  static final int MAX_LENGTH_CODES = 288;
  static final int DISTANCE_CODES = 32;
  static final int CODE_LENGTH_CODES = 19;
  static final int MAX_LENGTH = 258;

  private static final int VALID_LENGTH_CODES = 286;
  private static final int VALID_DISTANCE_CODES = 30;
  private static final int FIRST_LENGTH = 257;
  private static final int LAST_LENGTH = 285;
  private static final int MIN_LENGTH = 3;

  private DeflateSymbols() {}

  static int[] literalsAndLengths() {
    int[] entries = new int[MAX_LENGTH_CODES];
    for (int literal = 0; literal < LITERALS; literal++) {
      entries[literal] = (1 << HuffmanTable.LITERALS_SHIFT) | (literal << HuffmanTable.VALUE_SHIFT);
    }
    entries[LITERALS] = HuffmanTable.EXCEPTION | HuffmanTable.END;
    int base = MIN_LENGTH;
    for (int symbol = FIRST_LENGTH; symbol < LAST_LENGTH; symbol++) {
      int index = symbol - FIRST_LENGTH;
      int extra = index < 8 ? 0 : index / 4 - 1;
      entries[symbol] = entry(base, extra);
      base += 1 << extra;
    }
    entries[LAST_LENGTH] = entry(MAX_LENGTH, 0);
    for (int symbol = VALID_LENGTH_CODES; symbol < MAX_LENGTH_CODES; symbol++) {
      entries[symbol] = HuffmanTable.EXCEPTION;
    }
    return entries;
  }

  static int[] distances() {
    int[] entries = new int[DISTANCE_CODES];
    int base = 1;
    for (int symbol = 0; symbol < VALID_DISTANCE_CODES; symbol++) {
      int extra = symbol < 4 ? 0 : symbol / 2 - 1;
      entries[symbol] = entry(base, extra);
      base += 1 << extra;
    }
    for (int symbol = VALID_DISTANCE_CODES; symbol < DISTANCE_CODES; symbol++) {
      entries[symbol] = HuffmanTable.EXCEPTION;
    }
    return entries;
  }

  /** The code of the codes: a symbol's value is itself. */
  static int[] codeLengths() {
    int[] entries = new int[CODE_LENGTH_CODES];
    for (int symbol = 0; symbol < CODE_LENGTH_CODES; symbol++) {
      entries[symbol] = entry(symbol, 0);
    }
    return entries;
  }

  private static int entry(int value, int extraBits) {
    return (value << HuffmanTable.VALUE_SHIFT) | extraBits;
  }
}
