package io.penstock.job.scan;

import io.penstock.job.compress.UnreadableException;
import io.penstock.job.record.ColumnVector;

/** Texts, each behind its length; they stay where they are. */
final class PlainTexts implements PageValues {
  private final byte[] bytes;
  private final int end;
  private int at;

  PlainTexts(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  @Override
  public byte[] block() {
    return bytes;
  }

  @Override
  public void read(ColumnVector vector, int[] rows, int count) throws UnreadableException {
    for (int i = 0; i < count; i++) {
      int length = length();
      vector.setText(rows[i], bytes, at, length);
      at += length;
    }
  }

  /** The next text's length; the text then begins at {@link #place}. */
  int length() throws UnreadableException {
    int length = end - at < Integer.BYTES ? -1 : LittleEndian.intAt(bytes, at);
    at += Integer.BYTES;
    if (length < 0 || length > end - at) {
      throw new UnreadableException("a page has fewer texts than it says", null);
    }
    return length;
  }

  int place() {
    return at;
  }

  void skip(int length) {
    at += length;
  }
}
