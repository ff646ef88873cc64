package io.penstock.job.decode;

/**
 * Finds where JSON's tokens end, and checks them. Behind a record is a newline, which ends every
 * token, and {@link Words#PADDING} bytes. What is not sound is {@link RecordDecoder#UNKNOWN}.
 */
final class JsonTokens {
  private static final int UNKNOWN = RecordDecoder.UNKNOWN;

  /** Far from what the exact way of decoding refuses. */
  private static final int MAX_NUMBER_LENGTH = 300;

  private static final long QUOTE_BITS = ('"' ^ ' ') * Words.ONES;
  private static final long ABOVE_BLANKS = (' ' + 1) * Words.ONES;
  private static final long BACKSLASHES = '\\' * Words.ONES;
  private static final long ZEROS = '0' * Words.ONES;
  private static final long TRUE = 0x65757274;
  private static final long FALSE = 0x65736c6166L;
  private static final long NULL = 0x6c6c756e;

  /** Set in the result of {@link #plain}. */
  private static final long NOT_ASCII = 1L << 32;

  private boolean escapes;

  /** Whether the last string had escapes. */
  boolean hadEscapes() {
    return escapes;
  }

  /** Behind blanks; a newline is none. */
  static int blanks(byte[] bytes, int from) {
    return bytes[from] > ' ' ? from : behindBlanks(bytes, from);
  }

  private static int behindBlanks(byte[] bytes, int from) {
    int i = from;
    while (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r') {
      i++;
    }
    return i;
  }

  /**
   * @param from behind the opening quote
   * @return the index of the closing quote
   */
  int string(byte[] bytes, int from) {
    escapes = false;
    long stop = plain(bytes, from);
    int end = (int) stop;
    long notAscii = stop;
    while (bytes[end] == '\\') {
      escapes = true;
      int behind = escape(bytes, end);
      if (behind == UNKNOWN) {
        return UNKNOWN;
      }
      stop = plain(bytes, behind);
      notAscii |= stop;
      end = (int) stop;
    }
    boolean sound =
        bytes[end] == '"' && ((notAscii & NOT_ASCII) == 0 || Utf8.isValid(bytes, from, end));
    return sound ? end : UNKNOWN;
  }

  /** The index of the first quote, backslash or control character. */
  private static long plain(byte[] bytes, int from) {
    long high = 0;
    int i = from;
    while (true) {
      long first = Words.at(bytes, i);
      long second = Words.at(bytes, i + Long.BYTES);
      long inFirst = stops(first);
      long inSecond = stops(second);
      if (inFirst != 0) {
        high |= first & Words.HIGHS & Words.below(inFirst);
        return (i + Words.first(inFirst)) | (high == 0 ? 0 : NOT_ASCII);
      }
      if (inSecond != 0) {
        high |= (first | (second & Words.below(inSecond))) & Words.HIGHS;
        return (i + Long.BYTES + Words.first(inSecond)) | (high == 0 ? 0 : NOT_ASCII);
      }
      high |= (first | second) & Words.HIGHS;
      i += 2 * Long.BYTES;
    }
  }

  /** Without its second lowest bit a quote is a blank, and control characters are below still. */
  private static long stops(long word) {
    long backslashes = word ^ BACKSLASHES;
    return (((word ^ QUOTE_BITS) - ABOVE_BLANKS) | (backslashes - Words.ONES))
        & ~word
        & Words.HIGHS;
  }

  /** Behind the escape that the backslash begins. */
  private static int escape(byte[] bytes, int backslash) {
    return switch (bytes[backslash + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> backslash + 2;
      case 'u' -> JsonEscapes.hex(bytes, backslash + 2) < 0 ? UNKNOWN : backslash + 6;
      default -> UNKNOWN;
    };
  }

  /** Behind the number that begins at {@code from}. */
  static int number(byte[] bytes, int from) {
    int begin = bytes[from] == '-' ? from + 1 : from;
    int i = digits(bytes, begin);
    if (i == begin || (bytes[begin] == '0' && i > begin + 1)) {
      return UNKNOWN;
    }
    if (bytes[i] == '.') {
      begin = i + 1;
      i = digits(bytes, begin);
      if (i == begin) {
        return UNKNOWN;
      }
    }
    if ((bytes[i] | 0x20) == 'e') {
      begin = bytes[i + 1] == '-' || bytes[i + 1] == '+' ? i + 2 : i + 1;
      i = digits(bytes, begin);
      if (i == begin) {
        return UNKNOWN;
      }
    }
    return i - from > MAX_NUMBER_LENGTH ? UNKNOWN : i;
  }

  /** Behind the digits, of which there may be none. */
  private static int digits(byte[] bytes, int from) {
    int i = from;
    while (true) {
      long word = Words.at(bytes, i) ^ ZEROS;
      long marks = Digits.notDigits(word);
      i += Words.first(marks);
      if (marks != 0) {
        return i;
      }
    }
  }

  static boolean isTrue(byte[] bytes, int from) {
    return (Words.at(bytes, from) & Words.mask(4)) == TRUE;
  }

  static boolean isFalse(byte[] bytes, int from) {
    return (Words.at(bytes, from) & Words.mask(5)) == FALSE;
  }

  static boolean isNull(byte[] bytes, int from) {
    return (Words.at(bytes, from) & Words.mask(4)) == NULL;
  }
}
