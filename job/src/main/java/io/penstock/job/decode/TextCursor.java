package io.penstock.job.decode;

/** A place in a text of bytes. What is taken is behind it then; what is not there is not taken. */
final class TextCursor {
  /** Equal to no byte. */
  private static final int END = Integer.MIN_VALUE;

  private final byte[] bytes;
  private final int to;
  private int at;

  TextCursor(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.to = to;
  }

  boolean isAtEnd() {
    return at == to;
  }

  /** The byte so far ahead. */
  int peek(int ahead) {
    return at + ahead < to ? bytes[at + ahead] : END;
  }

  void advance(int count) {
    at += count;
  }

  boolean take(int wanted) {
    if (peek(0) != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /** A number of exactly so many digits; -1 if there is none. */
  int digits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      if (!isDigit(peek(i))) {
        return -1;
      }
      value = value * 10 + peek(i) - '0';
    }
    at += count;
    return value;
  }

  int oneOrTwoDigits() {
    return digits(isDigit(peek(1)) ? 2 : 1);
  }

  int countDigits(int ahead) {
    int count = 0;
    while (isDigit(peek(ahead + count))) {
      count++;
    }
    return count;
  }

  /** Any blanks for blanks, except none where other text follows; all else as it is. */
  boolean skip(byte[] literal) {
    for (int i = 0; i < literal.length; i++) {
      if (literal[i] != ' ') {
        if (!take(literal[i])) {
          return false;
        }
      } else if (i == 0 || literal[i - 1] != ' ') {
        if (!isAtEnd() && peek(0) != ' ') {
          return false;
        }
        while (take(' ')) {
          // All of them are one.
        }
      }
    }
    return true;
  }

  /**
   * @param lowerCase English letters; those of the text may be of either case
   */
  boolean takeIgnoringCase(String lowerCase) {
    for (int i = 0; i < lowerCase.length(); i++) {
      if ((peek(i) | 0x20) != lowerCase.charAt(i)) {
        return false;
      }
    }
    at += lowerCase.length();
    return true;
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(int c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }
}
