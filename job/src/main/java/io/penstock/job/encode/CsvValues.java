package io.penstock.job.encode;

import io.penstock.job.record.ColumnVector;
import java.nio.charset.StandardCharsets;

/** Values as text: that of CSV, and of names made of values. */
final class CsvValues {
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  private CsvValues() {}

  /** Of a value that is not null; text as it is. */
  static void put(TextBuffer text, ColumnVector values, int row) {
    switch (values.type()) {
      case STRING, JSON -> text.put(values.text(), values.textStart(row), values.textLength(row));
      case INT32, INT64 -> text.putLong(values.longAt(row));
      case UINT64 -> text.putUnsigned(values.longAt(row));
      case BOOLEAN -> text.put(values.longAt(row) != 0 ? TRUE : FALSE);
      case DOUBLE -> text.putDouble(values.doubleAt(row));
      case TIMESTAMP -> text.putTime(values.longAt(row));
    }
  }

  /** With quotes where they are needed, which an empty text is told from null by. */
  static void putField(TextBuffer text, byte[] bytes, int from, int length) {
    if (length > 0 && !needsQuotes(bytes, from, length)) {
      text.put(bytes, from, length);
      return;
    }
    text.put((byte) '"');
    int to = from + length;
    int copied = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '"') {
        text.put(bytes, copied, i + 1 - copied);
        copied = i;
      }
    }
    text.put(bytes, copied, to - copied);
    text.put((byte) '"');
  }

  private static boolean needsQuotes(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      byte b = bytes[i];
      if (b == ',' || b == '"' || b == '\n' || b == '\r') {
        return true;
      }
    }
    // Readers differ on whether blanks at the ends belong to the field.
    return bytes[from] == ' ' || bytes[from + length - 1] == ' ';
  }
}
