package io.penstock.job.parquet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Text in the order of its UTF-8 bytes. Most texts are told to be between the bounds by eight bytes
 * behind the prefix that both bounds share.
 */
final class TextRange implements ValueRange {
  /**
   * More than the characters that {@link TextBounds} keeps can take, so that the rest of a text
   * changes neither bound.
   */
  private static final int MAX_BYTES = 4 * (TextBounds.MAX_CHARACTERS + 1);

  private final Bound min = new Bound();
  private final Bound max = new Bound();
  private boolean empty = true;

  /** How many bytes are the same in both bounds. */
  private int shared;

  /** The eight bytes behind them, as numbers whose order is theirs. */
  private long minHead;

  private long maxHead;

  void add(byte[] text, int start, int length) {
    if (empty || !isBetween(text, start, length)) {
      extend(text, start, length);
    }
  }

  private boolean isBetween(byte[] text, int start, int length) {
    if (length < shared || !ByteWords.equal(text, start, min.bytes, 0, shared)) {
      return false;
    }
    long head = ByteWords.head(text, start + shared, length - shared) + Long.MIN_VALUE;
    // Equal heads say nothing: the texts may differ later.
    return head > minHead && head < maxHead;
  }

  private void extend(byte[] text, int start, int length) {
    boolean below = empty || min.compare(text, start, length) < 0;
    boolean above = empty || max.compare(text, start, length) > 0;
    if (below) {
      min.set(text, start, length);
    }
    if (above) {
      max.set(text, start, length);
    }
    if (below || above) {
      empty = false;
      int different = Arrays.mismatch(min.bytes, 0, min.length, max.bytes, 0, max.length);
      shared = different < 0 ? min.length : different;
      minHead = min.headBehind(shared);
      maxHead = max.headBehind(shared);
    }
  }

  void add(TextRange other) {
    if (!other.empty) {
      add(other.min.bytes, 0, other.min.length);
      add(other.max.bytes, 0, other.max.length);
    }
  }

  void clear() {
    empty = true;
  }

  @Override
  public boolean isEmpty() {
    return empty;
  }

  @Override
  public String lower() {
    return TextBounds.lower(min.text());
  }

  @Override
  public Optional<String> upper() {
    return TextBounds.upper(max.text());
  }

  @Override
  public byte[] lowerBytes() {
    return lower().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Optional<byte[]> upperBytes() {
    return upper().map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  /** The beginning of a text, in an array that is used again. */
  private static final class Bound {
    private byte[] bytes = new byte[0];
    private int length;

    void set(byte[] text, int start, int textLength) {
      length = Math.min(textLength, MAX_BYTES);
      if (bytes.length < length) {
        bytes = new byte[Math.min(MAX_BYTES, 2 * length)];
      }
      System.arraycopy(text, start, bytes, 0, length);
    }

    long headBehind(int skipped) {
      return ByteWords.head(bytes, skipped, length - skipped) + Long.MIN_VALUE;
    }

    /** Positive if the text is above. */
    int compare(byte[] text, int start, int textLength) {
      int end = start + Math.min(textLength, MAX_BYTES);
      return Arrays.compareUnsigned(text, start, end, bytes, 0, length);
    }

    String text() {
      return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
  }
}
