package io.penstock.job.decode;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnSpec;
import java.util.List;

/** Reads {@code JSON}. */
final class JsonReader extends ColumnReader {
  private final NestedJson nested = new NestedJson(new JsonTokens());

  JsonReader(ColumnSpec column, List<String> nullValues, ColumnVector vector) {
    super(column, nullValues, vector);
  }

  @Override
  boolean read(FieldKind kind, byte[] bytes, int from, int to, int row) {
    if (isNull(kind, bytes, from, to)) {
      absent(row);
      return true;
    }
    return switch (kind) {
      case NUMBER, TRUE, FALSE, NESTED -> {
        vector.setText(row, bytes, from, to - from);
        yield true;
      }
      case STRING -> string(bytes, from, to, row);
      case TEXT -> text(bytes, from, to, row);
      case ABSENT -> throw new IllegalArgumentException("absent values are not read");
    };
  }

  /** As it is, if that is an object or array which is compact already. */
  private boolean text(byte[] bytes, int from, int to, int row) {
    boolean usual =
        (bytes[from] == '{' || bytes[from] == '[')
            && nested.end(bytes, from) == to
            && nested.wasCompact();
    if (!usual) {
      return exactly(FieldKind.TEXT, bytes, from, to, row);
    }
    vector.setText(row, bytes, from, to - from);
    return true;
  }

  /** With the quotes it stands in, if it stands in quotes and needs no escapes. */
  private boolean string(byte[] bytes, int from, int to, int row) {
    boolean quoted = from > 0 && bytes[from - 1] == '"' && bytes[to] == '"';
    for (int i = from; quoted && i < to; i++) {
      byte b = bytes[i];
      quoted = b != '"' && b != '\\' && (b < 0 || b >= ' ');
    }
    if (!quoted) {
      return exactly(FieldKind.STRING, bytes, from, to, row);
    }
    vector.setText(row, bytes, from - 1, to - from + 2);
    return true;
  }
}
