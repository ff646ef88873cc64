package io.penstock.job.decode;

/** Undoes the escapes of strings that {@link JsonTokens} has found sound. */
final class JsonEscapes {
  private static final int UNKNOWN = RecordDecoder.UNKNOWN;

  private JsonEscapes() {}

  /**
   * Undoes escapes in place; the result is never longer.
   *
   * @return behind the string's text; {@link #UNKNOWN} for half a surrogate pair
   */
  static int undo(byte[] bytes, int from, int to) {
    int out = from;
    int in = from;
    while (in < to) {
      byte b = bytes[in];
      if (b != '\\') {
        bytes[out++] = b;
        in++;
      } else if (bytes[in + 1] != 'u') {
        bytes[out++] = character(bytes[in + 1]);
        in += 2;
      } else {
        int codePoint = codePoint(bytes, in, to);
        if (codePoint == UNKNOWN) {
          return UNKNOWN;
        }
        in += codePoint < Character.MIN_SUPPLEMENTARY_CODE_POINT ? 6 : 12;
        out = put(codePoint, bytes, out);
      }
    }
    return out;
  }

  /** Whether every half of a surrogate pair has its other half. */
  static boolean areWhole(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (bytes[i] != '\\') {
        i++;
      } else if (bytes[i + 1] != 'u') {
        i += 2;
      } else {
        int codePoint = codePoint(bytes, i, to);
        if (codePoint == UNKNOWN) {
          return false;
        }
        i += codePoint < Character.MIN_SUPPLEMENTARY_CODE_POINT ? 6 : 12;
      }
    }
    return true;
  }

  /** What the letter behind a backslash means. */
  static byte character(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  /** Of one or two escapes; {@link #UNKNOWN} for half a surrogate pair. */
  static int codePoint(byte[] bytes, int backslash, int to) {
    int first = hex(bytes, backslash + 2);
    if (!Character.isSurrogate((char) first)) {
      return first;
    }
    if (backslash + 12 > to || bytes[backslash + 6] != '\\' || bytes[backslash + 7] != 'u') {
      return UNKNOWN;
    }
    int second = hex(bytes, backslash + 8);
    return Character.isSurrogatePair((char) first, (char) second)
        ? Character.toCodePoint((char) first, (char) second)
        : UNKNOWN;
  }

  /** The value of four hexadecimal digits; negative if they are none. */
  static int hex(byte[] bytes, int from) {
    return Character.digit(bytes[from], 16) << 12
        | Character.digit(bytes[from + 1], 16) << 8
        | Character.digit(bytes[from + 2], 16) << 4
        | Character.digit(bytes[from + 3], 16);
  }

  /** As UTF-8; returns the index behind it. */
  static int put(int codePoint, byte[] bytes, int at) {
    int out = at;
    if (codePoint < 0x80) {
      bytes[out++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      bytes[out++] = (byte) (0xc0 | (codePoint >> 6));
      bytes[out++] = continuation(codePoint);
    } else if (codePoint < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
      bytes[out++] = (byte) (0xe0 | (codePoint >> 12));
      bytes[out++] = continuation(codePoint >> 6);
      bytes[out++] = continuation(codePoint);
    } else {
      bytes[out++] = (byte) (0xf0 | (codePoint >> 18));
      bytes[out++] = continuation(codePoint >> 12);
      bytes[out++] = continuation(codePoint >> 6);
      bytes[out++] = continuation(codePoint);
    }
    return out;
  }

  private static byte continuation(int bits) {
    return (byte) (0x80 | (bits & 0x3f));
  }
}
