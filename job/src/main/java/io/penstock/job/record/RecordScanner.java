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
  final class Csv implements RecordScanner {
    /** Equal to no byte. */
    private static final int NONE = Integer.MIN_VALUE;

    private final Lines lines = new Lines();
    private final int delimiter;
    private final int quote;
    private final int escape;
    private final int comment;

    public Csv(RecordFormat.Csv format) {
      this.delimiter = format.delimiter();
      this.quote = format.quote().map(c -> (int) c).orElse(NONE);
      this.escape = format.separateEscape().map(c -> (int) c).orElse(NONE);
      this.comment = format.comment().map(c -> (int) c).orElse(NONE);
    }

    @Override
    public int endOfRecord(byte[] bytes, int from, int to) {
      if (from < to && bytes[from] == comment) {
        return lines.endOfRecord(bytes, from, to);
      }
      boolean quoted = false;
      boolean fieldStart = true;
      for (int i = from; i < to; i++) {
        byte b = bytes[i];
        if (b == escape) {
          i++;
          fieldStart = false;
        } else if (quoted) {
          if (b == quote) {
            if (escape == NONE && i + 1 < to && bytes[i + 1] == quote) {
              i++;
            } else {
              quoted = false;
            }
          }
        } else if (b == '\n') {
          return i + 1;
        } else if (fieldStart && b == quote) {
          quoted = true;
          fieldStart = false;
        } else {
          fieldStart = b == delimiter;
        }
      }
      return -1;
    }
  }
}
