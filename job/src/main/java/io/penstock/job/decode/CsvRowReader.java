package io.penstock.job.decode;

import io.penstock.job.record.ByteSearch;
import io.penstock.spec.RecordFormat;
import java.util.Arrays;

/**
 * Reads records of the usual kind from their bytes into a row. What comes out is what {@link
 * CsvRecordDecoder} and the converters make of the record's text. One for each thread.
 */
final class CsvRowReader {
  /** Equal to no byte. */
  private static final int NONE = Integer.MIN_VALUE;

  private static final int NO_FIELD = -1;

  private final ColumnReader[] readers;
  private final CsvSplitter splitter;
  private final int comment;
  private final long markers;

  /** The field of each column. */
  private final int[] fields;

  /** For text that is not in the record as it has to be understood. */
  private byte[] plain = new byte[1024];

  private boolean usable;

  CsvRowReader(RecordFormat.Csv format, ColumnReader[] readers) {
    this.readers = readers;
    this.splitter = new CsvSplitter(format);
    this.comment = format.comment().map(c -> (int) c).orElse(NONE);
    this.markers = ByteSearch.repeated(splitter.marker());
    this.fields = new int[readers.length];
  }

  /** Nothing can be read until {@link #start}. */
  void stop() {
    usable = false;
  }

  /**
   * @param columnsByField the columns that want a field; nothing can be read if two fields are for
   *     one column
   */
  void start(int[][] columnsByField) {
    Arrays.fill(fields, NO_FIELD);
    usable = true;
    for (int field = 0; field < columnsByField.length; field++) {
      for (int column : columnsByField[field]) {
        usable &= fields[column] == NO_FIELD;
        fields[column] = field;
      }
    }
    splitter.want(columnsByField.length);
  }

  /** As {@link RecordDecoder#read}. */
  int read(byte[] bytes, int from, int to, int row) {
    if (!usable || mayBeNone(bytes, from, to)) {
      return RecordDecoder.UNKNOWN;
    }
    int end = splitter.split(bytes, from, to);
    boolean sound = end != CsvSplitter.UNKNOWN && Utf8.isValid(bytes, from, end);
    for (int column = 0; sound && column < fields.length; column++) {
      int field = fields[column];
      if (field == NO_FIELD || field >= splitter.count()) {
        readers[column].absent(row);
      } else {
        sound = value(readers[column], bytes, field, row);
      }
    }
    return sound ? end : RecordDecoder.UNKNOWN;
  }

  /** Of the record that was read last. */
  int lines() {
    return splitter.lines();
  }

  /** Comments and blank lines are no records. */
  private boolean mayBeNone(byte[] bytes, int from, int to) {
    int first = bytes[from];
    if (first > ' ') {
      return first == comment;
    }
    int i = from;
    while (i < to && (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r')) {
      i++;
    }
    return i == to || bytes[i] == '\n' || first == comment;
  }

  private boolean value(ColumnReader reader, byte[] bytes, int field, int row) {
    int start = splitter.start(field);
    int end = splitter.end(field);
    if (!splitter.isMarked(field)) {
      return reader.read(FieldKind.TEXT, bytes, start, end, row);
    }
    int length = withoutMarkers(bytes, start, end);
    return reader.read(FieldKind.TEXT, plain, 0, length, row);
  }

  /** The record's own bytes stay as they are: it may have to be looked at again. */
  private int withoutMarkers(byte[] bytes, int start, int end) {
    if (plain.length < end - start + Words.PADDING) {
      plain = new byte[Math.max(plain.length * 2, end - start + Words.PADDING)];
    }
    int length = 0;
    int from = start;
    while (from < end) {
      int mark = ByteSearch.first(bytes, from, end, markers);
      System.arraycopy(bytes, from, plain, length, mark - from);
      length += mark - from;
      if (mark < end) {
        plain[length++] = bytes[Math.min(mark + 1, end - 1)];
      }
      from = mark + 2;
    }
    return length;
  }
}
