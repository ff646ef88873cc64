package io.penstock.job.decode;

import io.penstock.job.record.ByteSearch;
import io.penstock.spec.RecordFormat;

/** A character makes the next one ordinary, inside quotes and outside. */
final class EscapeCharacter extends CsvSyntax {
  private final int escape;
  private final long escapes;
  private boolean escaped;

  EscapeCharacter(RecordFormat.Csv format, char escape) {
    super(format);
    this.escape = escape;
    this.escapes = escape * Words.ONES;
  }

  @Override
  int plainEnd(byte[] bytes, int from, int to) {
    escaped = false;
    int i = ByteSearch.first(bytes, from, to, delimiters, NEWLINES, escapes);
    while (i < to && bytes[i] == escape) {
      escaped = true;
      i = ByteSearch.first(bytes, i + 2, to, delimiters, NEWLINES, escapes);
    }
    sawLines(escaped);
    return i;
  }

  @Override
  int quotedEnd(byte[] bytes, int from, int to) {
    escaped = false;
    int i = ByteSearch.first(bytes, from, to, quotes, escapes);
    while (i < to && bytes[i] == escape) {
      escaped = true;
      i = ByteSearch.first(bytes, i + 2, to, quotes, escapes);
    }
    sawLines(true);
    return i;
  }

  @Override
  void endField(byte[] bytes, int from, int to) {
    check(bytes, from, to, Words.HIGHS);
    if (escaped) {
      undo(bytes, from, to);
    } else {
      notCopied();
    }
  }

  /** With nothing behind it, the escape character stands for itself. */
  private void undo(byte[] bytes, int from, int to) {
    byte[] text = roomForText(to - from);
    int length = 0;
    int i = from;
    while (i < to) {
      int next = ByteSearch.first(bytes, i, to, escapes);
      System.arraycopy(bytes, i, text, length, next - i);
      length += next - i;
      if (next < to) {
        text[length++] = bytes[Math.min(next + 1, to - 1)];
      }
      i = next + 2;
    }
    copiedText(length);
  }
}
