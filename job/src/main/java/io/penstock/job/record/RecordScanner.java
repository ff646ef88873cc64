package io.penstock.job.record;

import io.penstock.spec.RecordFormat;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds where records end. Stateless: a scan always begins at the start of a record. */
public sealed interface RecordScanner
    permits RecordScanner.Lines, RecordScanner.Prefixed, CsvScanner, JsonScanner {
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

  /** Where the record's own bytes begin, behind what may separate it from the one before. */
  default int begin(byte[] bytes, int from, int end) {
    return from;
  }

  /**
   * Where the record's own bytes end, before its line end.
   *
   * @param from where they {@link #begin}
   */
  default int contentEnd(byte[] bytes, int from, int end) {
    int to = end;
    if (to > from && bytes[to - 1] == '\n') {
      to--;
    }
    if (to > from && bytes[to - 1] == '\r') {
      to--;
    }
    return to;
  }

  static RecordScanner of(RecordFormat format) {
    if (format instanceof RecordFormat.Csv csv) {
      return new CsvScanner(csv);
    }
    return format instanceof RecordFormat.Json ? new JsonScanner() : new Lines();
  }

  /** A record is a line. */
  record Lines() implements RecordScanner {
    private static final long NEWLINE = ByteSearch.repeated('\n');

    @Override
    public int endOfRecord(byte[] bytes, int from, int to) {
      int newline = ByteSearch.first(bytes, from, to, NEWLINE);
      return newline < to ? newline + 1 : -1;
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

  /** A record has its length before it, in four bytes, the highest first. */
  record Prefixed() implements RecordScanner {
    private static final VarHandle INTS =
        MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    @Override
    public int endOfRecord(byte[] bytes, int from, int to) {
      if (to - from < Integer.BYTES) {
        return -1;
      }
      int length = (int) INTS.get(bytes, from);
      return length <= to - from - Integer.BYTES ? from + Integer.BYTES + length : -1;
    }
  }
}
