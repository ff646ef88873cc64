package io.penstock.job.parquet;

import org.apache.parquet.format.Encoding;

/**
 * A page before compression.
 *
 * @param bytes valid until the next value is appended
 */
record PageBytes(byte[] bytes, int from, int length, Encoding encoding) {
  /** Room that plain values leave before them: enough for the levels of a page without nulls. */
  static final int HEADROOM = 16;

  /** Levels and values that are already in one buffer. */
  static PageBytes of(GrowingBytes page, Encoding encoding) {
    return new PageBytes(page.bytes(), 0, page.size(), encoding);
  }

  /**
   * @param levels to be written before the values
   * @param plain values, behind {@link #HEADROOM} bytes
   */
  static PageBytes plain(GrowingBytes levels, GrowingBytes plain) {
    int from = HEADROOM - levels.size();
    if (from >= 0 && plain.size() > HEADROOM) {
      System.arraycopy(levels.bytes(), 0, plain.bytes(), from, levels.size());
      return new PageBytes(plain.bytes(), from, plain.size() - from, Encoding.PLAIN);
    }
    if (plain.size() > HEADROOM) {
      levels.put(plain.bytes(), HEADROOM, plain.size() - HEADROOM);
    }
    return of(levels, Encoding.PLAIN);
  }
}
