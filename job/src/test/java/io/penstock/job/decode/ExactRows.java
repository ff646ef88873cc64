package io.penstock.job.decode;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RecordScanner;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.RejectCode;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TransformSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What an object's bytes mean: each record decoded by way of its text, one after another. Faster
 * ways are compared with it.
 */
final class ExactRows {
  final List<List<String>> rows = new ArrayList<>();
  final List<RejectedRow> rejects = new ArrayList<>();
  long rowsRead;

  private final TransformSpec transform;
  private final ColumnVector[] vectors;
  private final ColumnConverter[] converters;
  private final RecordDecoder decoder;
  private final RecordScanner lines = new RecordScanner.Lines();
  private final RecordScanner scanner;
  private final byte[] bytes;

  private ExactRows(TransformSpec transform, String object, byte[] bytes) {
    this.transform = transform;
    this.bytes = bytes;
    List<ColumnSpec> columns = transform.columns();
    this.vectors =
        columns.stream()
            .map(column -> new ColumnVector(column.type()))
            .toArray(ColumnVector[]::new);
    this.converters =
        columns.stream()
            .map(column -> new ColumnConverter(column, transform.nullValues()))
            .toArray(ColumnConverter[]::new);
    ColumnReader[] unused = new ColumnReader[vectors.length];
    for (int i = 0; i < unused.length; i++) {
      unused[i] = ColumnReader.of(columns.get(i), transform.nullValues(), vectors[i]);
    }
    this.decoder = RecordDecoder.of(transform, unused, new Edits());
    this.scanner = RecordScanner.of(transform.format());
    decoder.objectStarted();
    decode(object);
  }

  static ExactRows of(TransformSpec transform, String object, byte[] bytes) {
    return new ExactRows(transform, object, bytes);
  }

  private void decode(String object) {
    int linesToSkip = transform.format() instanceof RecordFormat.Csv csv ? csv.skipLines() : 0;
    long line = 1;
    int from = 0;
    while (from < bytes.length) {
      int end = (linesToSkip > 0 ? lines : scanner).endOfRecord(bytes, from, bytes.length);
      end = end < 0 ? bytes.length : end;
      if (linesToSkip > 0) {
        linesToSkip--;
      } else {
        end = record(object, line, from, end);
      }
      for (int i = from; i < end; i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      from = end;
    }
  }

  /** Returns where the next record begins. */
  private int record(String object, long line, int from, int end) {
    int to = withoutLineEnd(from, end);
    if (isBlank(from, to)) {
      return end;
    }
    Fields fields = new Fields(vectors.length);
    fields.clear();
    try {
      if (decoder.decode(bytes, from, to, fields)) {
        rows.add(row(fields));
        rowsRead++;
      }
      return end;
    } catch (RowRejected e) {
      rowsRead++;
      int next = e.firstLineOnly() ? firstLine(from, end) : end;
      int last = withoutLineEnd(from, next);
      rejects.add(Rejects.row(object, line, from, e, bytes, from, last));
      return next;
    }
  }

  private int firstLine(int from, int end) {
    int newline = lines.endOfRecord(bytes, from, end);
    return newline < 0 ? end : newline;
  }

  private List<String> row(Fields fields) throws RowRejected {
    List<String> row = new ArrayList<>();
    for (int i = 0; i < vectors.length; i++) {
      try {
        converters[i].convert(fields.kind(i), fields.text(i), vectors[i], 0);
      } catch (Unconvertible e) {
        String column = transform.columns().get(i).name();
        throw RowRejected.value(e.code(), column, e.getMessage());
      }
      row.add(DecodedRows.text(vectors[i], 0));
    }
    if (row.get(transform.timeColumnIndex()) == null) {
      throw RowRejected.value(
          RejectCode.NULL_TIMESTAMP, transform.timeColumn(), "the row has no time");
    }
    return row;
  }

  private int withoutLineEnd(int from, int end) {
    int to = end > from && bytes[end - 1] == '\n' ? end - 1 : end;
    return to > from && bytes[to - 1] == '\r' ? to - 1 : to;
  }

  private boolean isBlank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
