package io.penstock.job.decode;

import io.penstock.job.record.ByteSearch;
import io.penstock.spec.RecordFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads records of the usual kind straight into their columns, from left to right, once, and finds
 * their end by that. What comes out is what {@link CsvRecordDecoder} and the converters make of the
 * record's text; quotes left open and text behind closing quotes are left to those.
 */
final class CsvRowReader {
  private static final int UNKNOWN = RecordDecoder.UNKNOWN;

  /** Equal to no byte. */
  private static final int NONE = Integer.MIN_VALUE;

  private final ColumnReader[] readers;
  private final CsvSyntax syntax;
  private final int delimiter;
  private final int quote;
  private final int comment;

  private boolean ready;
  private Target[] targets = {};
  private ColumnReader[] alwaysDefaulted = {};
  private int lines;

  /** Where a field's value goes, and where else. */
  private record Target(ColumnReader reader, Target next) {}

  CsvRowReader(RecordFormat.Csv format, ColumnReader[] readers) {
    this.readers = readers;
    this.syntax = CsvSyntax.of(format);
    this.delimiter = syntax.delimiter;
    this.quote = syntax.quote;
    this.comment = format.comment().map(c -> (int) c).orElse(NONE);
  }

  /** Nothing can be read until {@link #start}. */
  void stop() {
    ready = false;
  }

  /**
   * @param columnsByField the columns that want a field; nothing can be read if two fields are for
   *     one column
   */
  void start(int[][] columnsByField) {
    targets = new Target[columnsByField.length];
    boolean[] given = new boolean[readers.length];
    ready = true;
    for (int field = 0; field < targets.length; field++) {
      for (int column : columnsByField[field]) {
        ready &= !given[column];
        given[column] = true;
        targets[field] = new Target(readers[column], targets[field]);
      }
    }
    List<ColumnReader> neverGiven = new ArrayList<>();
    for (int i = 0; i < readers.length; i++) {
      if (!given[i] && readers[i].hasDefault()) {
        neverGiven.add(readers[i]);
      }
    }
    alwaysDefaulted = neverGiven.toArray(ColumnReader[]::new);
  }

  /** Of the record that was read last. */
  int lines() {
    return lines;
  }

  /** As {@link RecordDecoder#read}. */
  int read(byte[] bytes, int from, int to, int row) {
    if (!ready || mayBeNone(bytes, from, to)) {
      return UNKNOWN;
    }
    bytes[to] = '\n';
    syntax.beginRecord();
    int field = 0;
    int i = from;
    while (true) {
      boolean quoted = bytes[i] == quote;
      int start = quoted ? i + 1 : i;
      int end = quoted ? syntax.quotedEnd(bytes, start, to) : syntax.plainEnd(bytes, start, to);
      i = quoted ? end + 1 : end;
      if (i > to) {
        return UNKNOWN;
      }
      boolean isLast = bytes[i] != delimiter;
      if (isLast && !quoted) {
        end = withoutLineEnd(bytes, start, end, to);
      }
      syntax.endField(bytes, start, end);
      if (field < targets.length && !take(targets[field], bytes, start, end, row)) {
        return UNKNOWN;
      }
      field++;
      if (isLast) {
        takeDefaults(field, row);
        return endRecord(bytes, from, i, to);
      }
      i++;
    }
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

  private boolean take(Target first, byte[] bytes, int start, int end, int row) {
    for (Target target = first; target != null; target = target.next) {
      boolean taken =
          syntax.isCopied()
              ? target.reader.read(FieldKind.TEXT, syntax.text(), 0, syntax.textLength(), row)
              : target.reader.read(FieldKind.TEXT, bytes, start, end, row);
      if (!taken) {
        return false;
      }
    }
    return true;
  }

  /** A record may have fewer fields than others. */
  private void takeDefaults(int fields, int row) {
    for (int field = fields; field < targets.length; field++) {
      for (Target target = targets[field]; target != null; target = target.next) {
        target.reader.absent(row);
      }
    }
    for (ColumnReader reader : alwaysDefaulted) {
      reader.absent(row);
    }
  }

  /** A line end that is escaped, with nothing behind it, is none the less the record's. */
  private static int withoutLineEnd(byte[] bytes, int start, int end, int to) {
    int last = end == to && end > start && bytes[end - 1] == '\n' ? end - 1 : end;
    return last > start && bytes[last - 1] == '\r' ? last - 1 : last;
  }

  private int endRecord(byte[] bytes, int from, int behindLastField, int to) {
    int i = behindLastField;
    if (i < to && bytes[i] == '\r') {
      i++;
    }
    if (bytes[i] != '\n' || !syntax.isUtf8()) {
      return UNKNOWN;
    }
    int next = Math.min(i + 1, to);
    lines = syntax.mayHaveLines() ? ByteSearch.count(bytes, from, next, CsvSyntax.NEWLINES) : 1;
    return next;
  }
}
