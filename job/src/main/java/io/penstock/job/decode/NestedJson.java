package io.penstock.job.decode;

/** Finds where a nested JSON value ends, and makes it compact. */
final class NestedJson {
  private static final int UNKNOWN = RecordDecoder.UNKNOWN;

  /** A bit of a long for each; the exact way of decoding goes deeper. */
  private static final int MAX_DEPTH = Long.SIZE - 2;

  private final JsonTokens tokens;
  private boolean compact;

  NestedJson(JsonTokens tokens) {
    this.tokens = tokens;
  }

  /** Whether the last value has neither blanks nor escapes. */
  boolean wasCompact() {
    return compact;
  }

  /**
   * @param from of an object or array
   * @return behind it
   */
  int end(byte[] bytes, int from) {
    compact = true;
    // The lowest bit tells whether the innermost value is an object.
    long objects = 0;
    int depth = 0;
    int i = from;
    while (true) {
      byte b = bytes[i];
      if (b == '{' || b == '[') {
        objects = objects << 1 | (b == '{' ? 1 : 0);
        depth++;
        i = blanks(bytes, i + 1);
        // Both closing brackets are two above their opening ones.
        if (bytes[i] != b + 2) {
          i = depth > MAX_DEPTH ? UNKNOWN : b == '{' ? name(bytes, i) : i;
          if (i == UNKNOWN) {
            return UNKNOWN;
          }
          continue;
        }
        i++;
        depth--;
        objects >>>= 1;
      } else {
        i = scalar(bytes, i);
        if (i == UNKNOWN) {
          return UNKNOWN;
        }
      }
      while (depth > 0) {
        i = blanks(bytes, i);
        boolean inObject = (objects & 1) != 0;
        if (bytes[i] == ',') {
          i = blanks(bytes, i + 1);
          i = inObject ? name(bytes, i) : i;
          break;
        }
        if (bytes[i] != (inObject ? '}' : ']')) {
          return UNKNOWN;
        }
        i++;
        depth--;
        objects >>>= 1;
      }
      if (depth == 0 || i == UNKNOWN) {
        return i;
      }
    }
  }

  private int blanks(byte[] bytes, int from) {
    int i = JsonTokens.blanks(bytes, from);
    compact &= i == from;
    return i;
  }

  /** Returns where the value behind the name and colon begins. */
  private int name(byte[] bytes, int from) {
    int end = bytes[from] == '"' ? string(bytes, from) : UNKNOWN;
    if (end == UNKNOWN || end - from > JsonKeys.MAX_LENGTH) {
      return UNKNOWN;
    }
    // In names, unlike in values, the exact way of decoding refuses half a surrogate pair.
    if (tokens.hadEscapes() && !JsonEscapes.areWhole(bytes, from + 1, end - 1)) {
      return UNKNOWN;
    }
    int colon = blanks(bytes, end);
    return bytes[colon] == ':' ? blanks(bytes, colon + 1) : UNKNOWN;
  }

  private int scalar(byte[] bytes, int from) {
    return switch (bytes[from]) {
      case '"' -> string(bytes, from);
      case 't' -> JsonTokens.isTrue(bytes, from) ? from + 4 : UNKNOWN;
      case 'f' -> JsonTokens.isFalse(bytes, from) ? from + 5 : UNKNOWN;
      case 'n' -> JsonTokens.isNull(bytes, from) ? from + 4 : UNKNOWN;
      default -> JsonTokens.number(bytes, from);
    };
  }

  /** Behind the string whose opening quote is at {@code from}. */
  private int string(byte[] bytes, int from) {
    int quote = tokens.string(bytes, from + 1);
    compact &= !tokens.hadEscapes();
    return quote == UNKNOWN ? UNKNOWN : quote + 1;
  }

  /**
   * Takes out blanks, and escapes that are not needed, in place.
   *
   * @param to as {@link #end} has said
   * @return behind the compact value; {@link #UNKNOWN} for half a surrogate pair
   */
  static int compact(byte[] bytes, int from, int to) {
    int out = from;
    int in = from;
    boolean quoted = false;
    while (in < to) {
      byte b = bytes[in];
      if (b == '\\') {
        int codePoint = codePoint(bytes, in, to);
        if (codePoint == UNKNOWN) {
          return UNKNOWN;
        }
        boolean unicode = bytes[in + 1] == 'u';
        in += !unicode ? 2 : codePoint < Character.MIN_SUPPLEMENTARY_CODE_POINT ? 6 : 12;
        out = putEscaped(codePoint, bytes, out);
      } else {
        quoted ^= b == '"';
        if (quoted || (b != ' ' && b != '\t' && b != '\r')) {
          bytes[out++] = b;
        }
        in++;
      }
    }
    return out;
  }

  private static int codePoint(byte[] bytes, int backslash, int to) {
    byte letter = bytes[backslash + 1];
    return letter == 'u'
        ? JsonEscapes.codePoint(bytes, backslash, to)
        : JsonEscapes.character(letter);
  }

  private static int putEscaped(int codePoint, byte[] bytes, int at) {
    if (codePoint >= ' ' && codePoint != '"' && codePoint != '\\') {
      return JsonEscapes.put(codePoint, bytes, at);
    }
    bytes[at] = '\\';
    int letter = "\"\\\b\f\n\r\t".indexOf(codePoint);
    if (letter >= 0) {
      bytes[at + 1] = (byte) "\"\\bfnrt".charAt(letter);
      return at + 2;
    }
    bytes[at + 1] = 'u';
    bytes[at + 2] = '0';
    bytes[at + 3] = '0';
    bytes[at + 4] = (byte) Character.toUpperCase(Character.forDigit(codePoint >> 4, 16));
    bytes[at + 5] = (byte) Character.toUpperCase(Character.forDigit(codePoint & 0xf, 16));
    return at + 6;
  }
}
