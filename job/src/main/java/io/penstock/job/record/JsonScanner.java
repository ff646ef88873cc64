package io.penstock.job.record;

/**
 * A record is a JSON value, wherever its lines end: values may follow one another, or be the
 * elements of arrays. Blanks, line ends and the brackets and commas of such arrays separate values
 * and are part of none.
 *
 * <p>A value that is not sound ends with its line, or with the line before an object that cannot
 * stand where it does: what follows is not lost with it.
 */
record JsonScanner() implements RecordScanner {
  /** Not within the bytes at hand. */
  private static final int OPEN = -1;

  /** A text's end that is none: below it, the complement of the index of a newline. */
  private static final int BROKEN = -2;

  @Override
  public int endOfRecord(byte[] bytes, int from, int to) {
    int end = endOfValue(bytes, begin(bytes, from, to), to);
    return end == OPEN ? OPEN : behindSeparators(bytes, end, to);
  }

  /** Most values end with their line, which is cheap to see from behind. */
  @Override
  public int endOfLastRecord(byte[] bytes, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (bytes[i] == '\n' && isBetweenObjects(bytes, from, i, to)) {
        return i + 1;
      }
    }
    return RecordScanner.super.endOfLastRecord(bytes, from, to);
  }

  /** In sound JSON nothing but the end of a value can stand before an object without a comma. */
  private static boolean isBetweenObjects(byte[] bytes, int from, int newline, int to) {
    int next = newline + 1;
    while (next < to && isBlank(bytes[next])) {
      next++;
    }
    if (next == to || bytes[next] != '{') {
      return false;
    }
    int last = newline - 1;
    while (last >= from && isBlank(bytes[last])) {
      last--;
    }
    return last >= from && !mayPrecedeObject(bytes[last]);
  }

  private static boolean mayPrecedeObject(byte before) {
    return before == '{' || before == '[' || before == ',' || before == ':';
  }

  @Override
  public int begin(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && (isBlank(bytes[i]) || isPunctuation(bytes[i]))) {
      i++;
    }
    return i;
  }

  @Override
  public int contentEnd(byte[] bytes, int from, int end) {
    int value = endOfValue(bytes, from, end);
    return value == OPEN ? RecordScanner.super.contentEnd(bytes, from, end) : value;
  }

  /** Behind the line end that follows the value, or before the next one. */
  private static int behindSeparators(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to
        && bytes[i] != '\n'
        && (isBlank(bytes[i]) || bytes[i] == ',' || bytes[i] == ']')) {
      i++;
    }
    return i < to && bytes[i] == '\n' ? i + 1 : i;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\t' || b == '\r';
  }

  private static boolean isPunctuation(byte b) {
    return b == ',' || b == '[' || b == ']';
  }

  private static int endOfValue(byte[] bytes, int from, int to) {
    if (from >= to) {
      return OPEN;
    }
    return switch (bytes[from]) {
      case '{' -> endOfObject(bytes, from, to);
      case '"' -> {
        int end = endOfText(bytes, from, to);
        yield end <= BROKEN ? BROKEN - end : end;
      }
      default -> endOfScalar(bytes, from, to);
    };
  }

  private static int endOfObject(byte[] bytes, int from, int to) {
    int depth = 0;
    byte before = ',';
    int newline = OPEN;
    int i = from;
    while (i < to) {
      byte b = bytes[i];
      if (isBlank(b)) {
        newline = b == '\n' ? i : newline;
        i++;
        continue;
      }
      if (b == '{' && newline != OPEN && !mayPrecedeObject(before)) {
        return newline;
      }
      before = b;
      newline = OPEN;
      if (b == '"') {
        i = endOfText(bytes, i, to);
        if (i < 0) {
          return i <= BROKEN ? BROKEN - i : OPEN;
        }
        continue;
      }
      if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
      }
      i++;
      if (depth == 0) {
        return i;
      }
    }
    return OPEN;
  }

  /** Behind the closing quote; {@link #BROKEN} minus the index of a newline in the text. */
  private static int endOfText(byte[] bytes, int quote, int to) {
    int i = quote + 1;
    while (i < to) {
      switch (bytes[i]) {
        case '"' -> {
          return i + 1;
        }
        case '\\' -> i += 2;
        case '\n' -> {
          return BROKEN - i;
        }
        default -> i++;
      }
    }
    return OPEN;
  }

  private static int endOfScalar(byte[] bytes, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (isBlank(bytes[i]) || isPunctuation(bytes[i]) || bytes[i] == '{') {
        return i;
      }
    }
    return OPEN;
  }
}
