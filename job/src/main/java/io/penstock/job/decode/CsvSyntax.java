package io.penstock.job.decode;

import io.penstock.spec.RecordFormat;
import java.util.Arrays;

/**
 * Finds where a field ends, and what its text is without the characters that only make others
 * ordinary. Behind a record is a newline, and {@link Words#PADDING} bytes. One for each thread.
 */
abstract class CsvSyntax {
  static final long NEWLINES = '\n' * Words.ONES;

  /** Equal to no byte. */
  private static final int NONE = Integer.MIN_VALUE;

  private static final int INITIAL_TEXT_BYTES = 4 * 1024;

  final int delimiter;
  final int quote;
  final long delimiters;
  final long quotes;

  private byte[] text = new byte[INITIAL_TEXT_BYTES];
  private int textLength;
  private boolean copied;
  private boolean mayHaveLines;
  private boolean isUtf8;

  CsvSyntax(RecordFormat.Csv format) {
    this.delimiter = format.delimiter();
    this.quote = format.quote().map(c -> (int) c).orElse(NONE);
    this.delimiters = delimiter * Words.ONES;
    this.quotes = (quote & 0xff) * Words.ONES;
  }

  static CsvSyntax of(RecordFormat.Csv format) {
    return format.separateEscape().isPresent()
        ? new EscapeCharacter(format, format.separateEscape().get())
        : new DoubledQuotes(format);
  }

  final void beginRecord() {
    mayHaveLines = false;
    isUtf8 = true;
  }

  /**
   * @return the index of the delimiter or newline behind a field without quotes, or {@code to}
   */
  abstract int plainEnd(byte[] bytes, int from, int to);

  /**
   * @return the index of the quote that closes the field; not below {@code to} if none does
   */
  abstract int quotedEnd(byte[] bytes, int from, int to);

  /** The field that was looked at last is known to lie between the two indexes. */
  abstract void endField(byte[] bytes, int from, int to);

  /** Whether the field's text is not what is in the record, but {@link #text}. */
  final boolean isCopied() {
    return copied;
  }

  /** Only the first {@link #textLength} bytes count, until the next field is looked at. */
  final byte[] text() {
    return text;
  }

  final int textLength() {
    return textLength;
  }

  /** Whether all fields of the record so far were. */
  final boolean isUtf8() {
    return isUtf8;
  }

  /** Whether the record so far can have more than one line. */
  final boolean mayHaveLines() {
    return mayHaveLines;
  }

  final void sawLines(boolean saw) {
    mayHaveLines |= saw;
  }

  /**
   * @param seen all bits of the field's bytes, or more
   */
  final void check(byte[] bytes, int from, int to, long seen) {
    isUtf8 &= (seen & Words.HIGHS) == 0 || Utf8.isValid(bytes, from, to);
  }

  final void notCopied() {
    copied = false;
  }

  /** The text, with room for a length, and for what may be read or written behind it. */
  final byte[] roomForText(int length) {
    int needed = length + Words.PADDING;
    if (needed > text.length) {
      text = Arrays.copyOf(text, Math.max(needed, text.length * 2));
    }
    return text;
  }

  final void copiedText(int length) {
    // Something has to end it, as it does in a record.
    roomForText(length)[length] = '\n';
    textLength = length;
    copied = true;
  }
}
