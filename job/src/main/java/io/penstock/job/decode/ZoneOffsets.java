package io.penstock.job.decode;

/** Offsets from UTC as they are written, in seconds. */
final class ZoneOffsets {
  /** Of no zone. */
  static final int NONE = Integer.MIN_VALUE;

  private static final int MAX_HOURS = 24;
  private static final int MAX_MINUTES = 60;
  private static final int MAX_GMT_HOURS = 23;
  private static final int SHORTEST_NAME = 3;
  private static final int LONGEST_NAME = 5;

  private ZoneOffsets() {}

  /** {@code +0100}. */
  static int plain(TextCursor text) {
    return offset(text, true, false);
  }

  /** {@code +01:00}. */
  static int withColon(TextCursor text) {
    return offset(text, true, true);
  }

  /** {@code +01}. */
  static int hours(TextCursor text) {
    return offset(text, false, false);
  }

  private static int offset(TextCursor text, boolean minutesToo, boolean colon) {
    boolean negative = text.peek(0) == '-';
    if (!negative && text.peek(0) != '+') {
      return NONE;
    }
    text.advance(1);
    int hours = text.digits(2);
    if (colon && !text.take(':')) {
      return NONE;
    }
    int minutes = minutesToo ? text.digits(2) : 0;
    if (hours < 0 || hours > MAX_HOURS || minutes < 0 || minutes > MAX_MINUTES) {
      return NONE;
    }
    int seconds = (hours * 60 + minutes) * 60;
    return negative ? -seconds : seconds;
  }

  /**
   * Three to five letters. Of names only UTC and {@code GMT+1} say by themselves what they mean;
   * all others are taken for UTC.
   */
  static int named(TextCursor text) {
    boolean gmt = text.peek(0) == 'G' && text.peek(1) == 'M' && text.peek(2) == 'T';
    int letters = 0;
    while (letters <= LONGEST_NAME && TextCursor.isLetter(text.peek(letters))) {
      letters++;
    }
    if (letters < SHORTEST_NAME || letters > LONGEST_NAME) {
      return NONE;
    }
    text.advance(letters);
    boolean signed = text.peek(0) == '+' || text.peek(0) == '-';
    if (!gmt || letters != SHORTEST_NAME || !signed || !TextCursor.isDigit(text.peek(1))) {
      return 0;
    }
    boolean negative = text.peek(0) == '-';
    text.advance(1);
    int hours = text.oneOrTwoDigits();
    return hours > MAX_GMT_HOURS ? NONE : (negative ? -hours : hours) * 60 * 60;
  }
}
