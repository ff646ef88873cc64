package io.penstock.job.encode;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The values of some columns as segments of keys, {@code column=value/}. What is no letter, digit
 * or one of {@code ._=-} is written as its bytes, {@code %XX}. Of one thread.
 */
public final class PathSegments {
  /** Of a segment, without its slash. */
  public static final int MAX_BYTES = 255;

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private final int[] columns;
  private final byte[][] names;
  private final TextBuffer value = new TextBuffer();
  private final TextBuffer path = new TextBuffer();

  /**
   * @param columns indexes in a batch
   */
  public PathSegments(List<Integer> columns, List<String> names) {
    this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
    this.names = new byte[names.size()][];
    for (int i = 0; i < this.names.length; i++) {
      TextBuffer escaped = new TextBuffer();
      byte[] name = names.get(i).getBytes(StandardCharsets.UTF_8);
      putEscaped(escaped, name, name.length);
      escaped.put((byte) '=');
      this.names[i] = Arrays.copyOf(escaped.bytes(), escaped.size());
    }
  }

  /** Makes a row's path; it is {@link #bytes} then. Returns false if a segment is too long. */
  public boolean make(RowBatch batch, int row) {
    path.shrink(0);
    boolean fits = true;
    for (int i = 0; i < columns.length; i++) {
      int from = path.size();
      path.put(names[i]);
      ColumnVector values = batch.column(columns[i]);
      if (values.isNull(row)) {
        path.putAscii("__null__");
      } else {
        value.shrink(0);
        CsvValues.put(value, values, row);
        if (value.size() == 0) {
          path.putAscii("__empty__");
        }
        putEscaped(path, value.bytes(), value.size());
      }
      fits &= path.size() - from <= MAX_BYTES;
      path.put((byte) '/');
    }
    return fits;
  }

  private static void putEscaped(TextBuffer target, byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      byte b = bytes[i];
      if (isPlain(b)) {
        target.put(b);
      } else {
        target.put((byte) '%');
        target.put(HEX[(b >> 4) & 0xF]);
        target.put(HEX[b & 0xF]);
      }
    }
  }

  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '.'
        || b == '_'
        || b == '='
        || b == '-';
  }

  /** The path that was made last; the first {@link #length} bytes. */
  public byte[] bytes() {
    return path.bytes();
  }

  public int length() {
    return path.size();
  }
}
