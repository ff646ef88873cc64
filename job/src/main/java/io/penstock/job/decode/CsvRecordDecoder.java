package io.penstock.job.decode;

import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.RejectCode;
import io.penstock.spec.TransformSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One line of separated values a record, or several where quotes span them. */
final class CsvRecordDecoder implements RecordDecoder {
  /** Equal to no character. */
  private static final int NONE = Integer.MIN_VALUE;

  private final RecordFormat.Csv format;
  private final List<ColumnSpec> columns;
  private final Utf8 utf8 = new Utf8();
  private final int delimiter;
  private final int quote;
  private final int escape;
  private final int comment;
  private final List<String> values = new ArrayList<>();
  private final StringBuilder value = new StringBuilder();
  private final CsvRowReader rows;
  private final Optional<CsvLists> lists;
  private final Optional<CaughtFields> unclaimed;
  private final Set<Integer> claimed = new HashSet<>();
  private int[][] columnsByPosition;
  private boolean headerAwaited;

  /**
   * @param readers one for each column that is converted, in their order
   */
  CsvRecordDecoder(RecordFormat.Csv format, TransformSpec transform, ColumnReader[] readers) {
    this.format = format;
    this.columns = transform.convertedColumns();
    this.unclaimed = CaughtFields.unclaimed(transform);
    for (ColumnSource source : transform.effectiveRowRules().claimed()) {
      if (source instanceof ColumnSource.Position position) {
        claimed.add(position.index());
      }
    }
    this.delimiter = format.delimiter();
    this.quote = format.quote().map(c -> (int) c).orElse(NONE);
    this.escape = format.separateEscape().map(c -> (int) c).orElse(NONE);
    this.comment = format.comment().map(c -> (int) c).orElse(NONE);
    this.rows = new CsvRowReader(format, readers);
    this.lists = format.listDelimiter().map(delimiter -> new CsvLists(delimiter, columns));
    this.columnsByPosition = byPosition(List.of());
    rows.start(columnsByPosition);
  }

  @Override
  public void objectStarted() {
    headerAwaited = format.header();
    if (headerAwaited) {
      rows.stop();
    }
  }

  @Override
  public int read(byte[] bytes, int from, int to, int row) {
    int end = rows.read(bytes, from, to, row);
    return lists.isPresent() && end != UNKNOWN && !lists.get().isPlain(bytes, from, end, to)
        ? UNKNOWN
        : end;
  }

  @Override
  public int lines() {
    return rows.lines();
  }

  @Override
  public boolean decode(byte[] bytes, int from, int to, Fields fields) throws RowRejected {
    if (from < to && bytes[from] == comment) {
      return false;
    }
    split(text(bytes, from, to));
    if (headerAwaited) {
      headerAwaited = false;
      columnsByPosition = byPosition(List.copyOf(values));
      rows.start(columnsByPosition);
      return false;
    }
    for (int i = 0; i < Math.min(values.size(), columnsByPosition.length); i++) {
      for (int column : columnsByPosition[i]) {
        if (lists.isPresent()) {
          lists.get().put(values.get(i), column, fields);
        } else {
          fields.set(column, FieldKind.TEXT, values.get(i));
        }
      }
    }
    unclaimed.ifPresent(rest -> putRest(rest, fields));
    return true;
  }

  /** Fields without a column, by their index. */
  private void putRest(CaughtFields rest, Fields fields) {
    rest.clear();
    for (int i = 0; i < values.size(); i++) {
      boolean wanted = i < columnsByPosition.length && columnsByPosition[i].length > 0;
      if (!wanted && !claimed.contains(i)) {
        rest.add(Integer.toString(i), new JsonValue(FieldKind.TEXT, values.get(i)));
      }
    }
    rest.put(fields);
  }

  private String text(byte[] bytes, int from, int to) throws RowRejected {
    try {
      return utf8.decode(bytes, from, to);
    } catch (RowRejected notUtf8) {
      // A quote left open is to blame first: lines behind its own are records by themselves.
      split(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
      throw notUtf8;
    }
  }

  private void split(String record) throws RowRejected {
    values.clear();
    int position = 0;
    while (true) {
      value.setLength(0);
      boolean quoted = position < record.length() && record.charAt(position) == quote;
      int end = quoted ? quotedPart(record, position + 1) : position;
      end = plainPart(record, end);
      values.add(value.toString());
      if (end == record.length()) {
        return;
      }
      position = end + 1;
    }
  }

  /** Up to and behind the closing quote. */
  private int quotedPart(String record, int from) throws RowRejected {
    int i = from;
    while (i < record.length()) {
      char c = record.charAt(i);
      if (c == escape && i + 1 < record.length()) {
        value.append(record.charAt(i + 1));
        i += 2;
      } else if (c != quote) {
        value.append(c);
        i++;
      } else if (escape == NONE && i + 1 < record.length() && record.charAt(i + 1) == c) {
        value.append(c);
        i += 2;
      } else {
        return i + 1;
      }
    }
    throw RowRejected.firstLine(RejectCode.MALFORMED_ROW, "a quoted field is not closed");
  }

  /** Up to the delimiter or the record's end; quotes are ordinary here. */
  private int plainPart(String record, int from) {
    int i = from;
    while (i < record.length() && record.charAt(i) != delimiter) {
      char c = record.charAt(i);
      if (c == escape && i + 1 < record.length()) {
        c = record.charAt(++i);
      }
      value.append(c);
      i++;
    }
    return i;
  }

  private int[][] byPosition(List<String> header) {
    int width = header.size();
    for (ColumnSpec column : columns) {
      if (column.source() instanceof ColumnSource.Position position) {
        width = Math.max(width, position.index() + 1);
      }
    }
    List<List<Integer>> wanted = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      wanted.add(new ArrayList<>());
    }
    FieldMap byName = new FieldMap(columns);
    for (int i = 0; i < header.size(); i++) {
      for (int column : byName.columns(header.get(i))) {
        wanted.get(i).add(column);
      }
    }
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).source() instanceof ColumnSource.Position position) {
        wanted.get(position.index()).add(i);
      }
    }
    return wanted.stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }
}
