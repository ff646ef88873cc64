package io.penstock.job.record;

/** What bytes are as UTF-8. */
public final class Utf8Bytes {
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Utf8Bytes() {}

  /** Whether the bytes are UTF-8: no overlong forms, no surrogates, nothing past U+10FFFF. */
  public static boolean areValid(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (i + Long.BYTES <= to && bytes[i] >= 0) {
        i += Long.numberOfTrailingZeros(ByteSearch.word(bytes, i) & HIGH_BITS) >>> 3;
      } else if (bytes[i] >= 0) {
        i++;
      } else {
        int length = lengthOfCharacter(bytes, i, to);
        if (length == 0) {
          return false;
        }
        i += length;
      }
    }
    return true;
  }

  /** In bytes, of a character beyond ASCII; 0 if it is malformed. */
  private static int lengthOfCharacter(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xff;
    int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (first < 0xc2 || first > 0xf4 || to - at < length) {
      return 0;
    }
    int second = bytes[at + 1] & 0xff;
    // The second byte alone tells overlong forms, surrogates and what is too large.
    int lowest = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int highest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (second < lowest || second > highest) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
