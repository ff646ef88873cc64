package io.penstock.job.record;

import io.penstock.spec.RecordFormat;

/** Finds where records end. Stateless: a scan always begins at the start of a record. */
public sealed interface RecordScanner {
  /**
   * @return the index behind the line end of the record that begins at {@code from}; -1 if it does
   *     not end before {@code to}
   */
  int endOfRecord(byte[] bytes, int from, int to);

  /** The index behind the last record that ends before {@code to}; -1 if none does. */
  default int endOfLastRecord(byte[] bytes, int from, int to) {
    int last = -1;
    for (int end = endOfRecord(bytes, from, to); end >= 0; end = endOfRecord(bytes, end, to)) {
      last = end;
    }
    return last;
  }

  static RecordScanner of(RecordFormat format) {
    return format instanceof RecordFormat.Csv csv ? new Csv(csv) : new Lines();
  }

  /** A record is a line. */
  record Lines() implements RecordScanner {
    @Override
    public int endOfRecord(byte[] bytes, int from, int to) {
      for (int i = from; i < to; i++) {
        if (bytes[i] == '\n') {
          return i + 1;
        }
      }
      return -1;
    }

    @Override
    public int endOfLastRecord(byte[] bytes, int from, int to) {
      for (int i = to - 1; i >= from; i--) {
        if (bytes[i] == '\n') {
          return i + 1;
        }
      }
      return -1;
    }
  }

  /** A record ends with a line end outside quotes; a quote opens only at a field's beginning. */
  record Csv(RecordFormat.Csv format) implements RecordScanner {
    @Override
    public int endOfRecord(byte[] bytes, int from, int to) {
      char comment = format.comment();
      if (comment != 0 && from < to && bytes[from] == comment) {
        return new Lines().endOfRecord(bytes, from, to);
      }
      boolean escapes = format.escape() != format.quote() && format.escape() != 0;
      boolean quoted = false;
      boolean fieldStart = true;
      for (int i = from; i < to; i++) {
        byte b = bytes[i];
        if (escapes && b == format.escape()) {
          i++;
          fieldStart = false;
        } else if (quoted) {
          if (b == format.quote()) {
            if (!escapes && i + 1 < to && bytes[i + 1] == format.quote()) {
              i++;
            } else {
              quoted = false;
            }
          }
        } else if (b == '\n') {
          return i + 1;
        } else if (fieldStart && b == format.quote() && format.quote() != 0) {
          quoted = true;
          fieldStart = false;
        } else {
          fieldStart = b == format.delimiter();
        }
      }
      return -1;
    }
  }
}
