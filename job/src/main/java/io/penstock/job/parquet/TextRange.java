package io.penstock.job.parquet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Text in the order of its UTF-8 bytes. */
final class TextRange implements ValueRange {
  /**
   * More than the characters that {@link TextBounds} keeps can take, so that the rest of a text
   * changes neither bound.
   */
  private static final int MAX_BYTES = 4 * (TextBounds.MAX_CHARACTERS + 1);

  private final Bound min = new Bound();
  private final Bound max = new Bound();

  void add(byte[] text, int start, int length) {
    if (min.bytes == null) {
      min.set(text, start, length);
      max.set(text, start, length);
      return;
    }
    long head = ByteWords.head(text, start, length) + Long.MIN_VALUE;
    // Equal heads say nothing: the texts may differ later.
    if (head <= min.head && min.compare(text, start, length) < 0) {
      min.set(text, start, length);
    }
    if (head >= max.head && max.compare(text, start, length) > 0) {
      max.set(text, start, length);
    }
  }

  void add(TextRange other) {
    if (!other.isEmpty()) {
      add(other.min.bytes, 0, other.min.length);
      add(other.max.bytes, 0, other.max.length);
    }
  }

  void clear() {
    min.bytes = null;
    max.bytes = null;
  }

  @Override
  public boolean isEmpty() {
    return min.bytes == null;
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
    private byte[] bytes;
    private int length;

    /** The first eight bytes as a number whose order is theirs. */
    private long head;

    void set(byte[] text, int start, int textLength) {
      length = Math.min(textLength, MAX_BYTES);
      if (bytes == null || bytes.length < length) {
        bytes = new byte[Math.min(MAX_BYTES, Math.max(16, 2 * length))];
      }
      System.arraycopy(text, start, bytes, 0, length);
      head = ByteWords.head(text, start, textLength) + Long.MIN_VALUE;
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
