package io.penstock.job.decode;

import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/** The texts that mean null, as UTF-8. */
final class NullTexts {
  private static final int LONGEST_KNOWN = Long.SIZE - 1;

  private final byte[][] texts;

  /** The lengths that occur, a bit each; those beyond {@link #LONGEST_KNOWN} share the last. */
  private final long lengths;

  NullTexts(Collection<String> texts) {
    CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
    this.texts =
        texts.stream()
            // Half a surrogate pair is in no UTF-8, so it is equal to nothing.
            .filter(utf8::canEncode)
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    long bits = 0;
    for (byte[] text : this.texts) {
      bits |= bit(text.length);
    }
    this.lengths = bits;
  }

  private static long bit(int length) {
    return 1L << Math.min(length, LONGEST_KNOWN);
  }

  boolean contains(byte[] bytes, int from, int to) {
    return mayContain(to - from) && isOne(bytes, from, to);
  }

  /** Whether one of them has that length. */
  boolean mayContain(int length) {
    return (lengths & bit(length)) != 0;
  }

  private boolean isOne(byte[] bytes, int from, int to) {
    for (byte[] text : texts) {
      if (Arrays.equals(bytes, from, to, text, 0, text.length)) {
        return true;
      }
    }
    return false;
  }
}
