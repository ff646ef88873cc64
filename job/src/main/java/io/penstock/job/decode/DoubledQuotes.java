package io.penstock.job.decode;

import io.penstock.spec.RecordFormat;

/** Quotes inside quotes are doubled; nothing else is special there. */
final class DoubledQuotes extends CsvSyntax {
  DoubledQuotes(RecordFormat.Csv format) {
    super(format);
  }

  @Override
  int plainEnd(byte[] bytes, int from, int to) {
    notCopied();
    long seen = 0;
    int i = from;
    while (true) {
      long word = Words.at(bytes, i);
      long marks = Words.equal(word, delimiters) | Words.equal(word, NEWLINES);
      if (marks != 0) {
        int end = i + Words.first(marks);
        check(bytes, from, end, seen | (word & Words.below(marks)));
        return end;
      }
      seen |= word;
      i += Long.BYTES;
    }
  }

  @Override
  int quotedEnd(byte[] bytes, int from, int to) {
    notCopied();
    long seen = 0;
    long newlines = 0;
    for (int i = from; i < to; i += Long.BYTES) {
      long word = Words.at(bytes, i);
      long marks = Words.equal(word, quotes);
      long before = Words.below(marks);
      seen |= word & before;
      newlines |= Words.equal(word, NEWLINES) & before;
      if (marks != 0) {
        sawLines(newlines != 0);
        int end = i + Words.first(marks);
        if (bytes[end + 1] == quote) {
          return endBehindPairs(bytes, from, end, to, seen);
        }
        check(bytes, from, end, seen);
        return end;
      }
    }
    return to;
  }

  /**
   * Makes one quote of each pair while it looks for a quote that stands alone.
   *
   * @param pair the first one
   * @param seenBefore all bits of the bytes in front of it
   */
  private int endBehindPairs(byte[] bytes, int from, int pair, int to, long seenBefore) {
    int length = pair + 1 - from;
    byte[] text = roomForText(length);
    System.arraycopy(bytes, from, text, 0, length);
    long seen = seenBefore;
    long newlines = 0;
    int i = pair + 2;
    while (i < to) {
      if (length + Words.PADDING > text.length) {
        text = roomForText(length);
      }
      long word = Words.at(bytes, i);
      Words.put(text, length, word);
      long marks = Words.equal(word, quotes);
      long before = Words.below(marks);
      seen |= word & before;
      newlines |= Words.equal(word, NEWLINES) & before;
      int count = Words.first(marks);
      length += count;
      i += count;
      if (marks != 0) {
        if (bytes[i + 1] != quote) {
          break;
        }
        length++;
        i += 2;
      }
    }
    sawLines(newlines != 0);
    copiedText(length);
    check(bytes, from, Math.min(i, to), seen);
    return i;
  }

  @Override
  void endField(byte[] bytes, int from, int to) {
    // All is known from looking for its end.
  }
}
