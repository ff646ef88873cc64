package io.penstock.job.decode;

import io.penstock.spec.ColumnSpec;
import java.util.List;

/**
 * Reads JSON records of the usual kind straight into their columns, from left to right, once. A key
 * is first looked for where it was in the record before.
 */
final class JsonRowReader {
  private static final int UNKNOWN = RecordDecoder.UNKNOWN;

  private final Edits edits;
  private final JsonTokens tokens = new JsonTokens();
  private final NestedJson nested = new NestedJson(tokens);
  private final JsonKeys keys;
  private final JsonKey[] defaultedKeys;
  private final ColumnReader[] alwaysDefaulted;

  private final JsonKey begin;

  /** Whether commas and brackets of arrays may follow an object, and the next object its line. */
  private final boolean inArrays;

  private int record;
  private int lines;

  /** Behind the name that was looked up last, and its quote. */
  private int nameEnd;

  JsonRowReader(List<ColumnSpec> columns, ColumnReader[] readers, Edits edits, boolean inArrays) {
    this.edits = edits;
    this.keys = new JsonKeys(columns, readers);
    this.begin = keys.begin();
    this.inArrays = inArrays;
    this.defaultedKeys = keys.wanted().stream().filter(JsonKey::hasDefault).toArray(JsonKey[]::new);
    this.alwaysDefaulted =
        keys.withoutKey().stream().filter(ColumnReader::hasDefault).toArray(ColumnReader[]::new);
  }

  /** As {@link RecordDecoder#read}. */
  int read(byte[] bytes, int from, int to, int row) {
    bytes[to] = '\n';
    int i = JsonTokens.blanks(bytes, from);
    if (bytes[i] != '{') {
      return UNKNOWN;
    }
    record++;
    i = JsonTokens.blanks(bytes, i + 1);
    i = bytes[i] == '}' ? i + 1 : fields(bytes, i, row);
    if (i == UNKNOWN) {
      return UNKNOWN;
    }
    i = JsonTokens.blanks(bytes, i);
    lines = 1;
    if (bytes[i] != '\n') {
      i = inArrays ? behindSeparators(bytes, i) : UNKNOWN;
      if (i == UNKNOWN) {
        return UNKNOWN;
      }
    }
    takeDefaults(row);
    return Math.min(i + lines, to);
  }

  /** The newline, or the next object's begin. */
  private int behindSeparators(byte[] bytes, int from) {
    int i = from;
    while (bytes[i] == ',' || bytes[i] == ']') {
      i = JsonTokens.blanks(bytes, i + 1);
    }
    lines = bytes[i] == '{' ? 0 : 1;
    return bytes[i] == '{' || bytes[i] == '\n' ? i : UNKNOWN;
  }

  /** Of the record that was read last. */
  int lines() {
    return lines;
  }

  /** Returns the index behind the object. */
  private int fields(byte[] bytes, int from, int row) {
    JsonKey before = begin;
    int i = from;
    while (bytes[i] == '"') {
      i++;
      JsonKey key = before.next;
      if (key.isAt(bytes, i)) {
        i += key.length;
      } else {
        key = keys.findShort(bytes, i);
        key = key != null ? key : find(bytes, i);
        if (key == null) {
          return UNKNOWN;
        }
        before.next = key;
        i = key.length > 0 ? i + key.length : nameEnd;
      }
      i = bytes[i] == ':' ? i : JsonTokens.blanks(bytes, i);
      if (bytes[i] != ':') {
        return UNKNOWN;
      }
      i = value(key, bytes, JsonTokens.blanks(bytes, i + 1), row);
      if (i == UNKNOWN) {
        return UNKNOWN;
      }
      key.seenIn = record;
      before = key;
      i = JsonTokens.blanks(bytes, i);
      if (bytes[i] != ',') {
        return bytes[i] == '}' ? i + 1 : UNKNOWN;
      }
      i = JsonTokens.blanks(bytes, i + 1);
    }
    return UNKNOWN;
  }

  private JsonKey find(byte[] bytes, int from) {
    int quote = tokens.string(bytes, from);
    if (quote == UNKNOWN || tokens.hadEscapes() || quote - from > JsonKeys.MAX_LENGTH) {
      return null;
    }
    nameEnd = quote + 1;
    return keys.find(bytes, from, quote);
  }

  /** Returns the index behind the value. */
  private int value(JsonKey key, byte[] bytes, int from, int row) {
    return switch (bytes[from]) {
      case '"' -> string(key, bytes, from + 1, row);
      case '{', '[' -> nested(key, bytes, from, row);
      case 't' ->
          JsonTokens.isTrue(bytes, from)
              ? token(key, FieldKind.TRUE, bytes, from, from + 4, row)
              : UNKNOWN;
      case 'f' ->
          JsonTokens.isFalse(bytes, from)
              ? token(key, FieldKind.FALSE, bytes, from, from + 5, row)
              : UNKNOWN;
      case 'n' -> {
        key.absent(row);
        yield JsonTokens.isNull(bytes, from) ? from + 4 : UNKNOWN;
      }
      default -> {
        int end = JsonTokens.number(bytes, from);
        yield end == UNKNOWN ? UNKNOWN : token(key, FieldKind.NUMBER, bytes, from, end, row);
      }
    };
  }

  private static int token(JsonKey key, FieldKind kind, byte[] bytes, int from, int to, int row) {
    return key.read(kind, bytes, from, to, row) ? to : UNKNOWN;
  }

  private int string(JsonKey key, byte[] bytes, int from, int row) {
    int quote = tokens.string(bytes, from);
    if (quote == UNKNOWN) {
      return UNKNOWN;
    }
    int to = quote;
    if (tokens.hadEscapes() && key.isWanted()) {
      edits.keep(bytes, from, quote);
      to = JsonEscapes.undo(bytes, from, quote);
      if (to == UNKNOWN) {
        return UNKNOWN;
      }
    }
    return key.read(FieldKind.STRING, bytes, from, to, row) ? quote + 1 : UNKNOWN;
  }

  private int nested(JsonKey key, byte[] bytes, int from, int row) {
    int end = nested.end(bytes, from);
    if (end == UNKNOWN) {
      return UNKNOWN;
    }
    int to = end;
    if (!nested.wasCompact() && key.isWanted()) {
      edits.keep(bytes, from, end);
      to = NestedJson.compact(bytes, from, end);
      if (to == UNKNOWN) {
        return UNKNOWN;
      }
    }
    return key.read(FieldKind.NESTED, bytes, from, to, row) ? end : UNKNOWN;
  }

  private void takeDefaults(int row) {
    for (JsonKey key : defaultedKeys) {
      if (key.seenIn != record) {
        key.absent(row);
      }
    }
    for (ColumnReader reader : alwaysDefaulted) {
      reader.absent(row);
    }
  }
}
