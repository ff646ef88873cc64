package io.penstock.job.encode;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One object a line, with every column; null where there is none, and for NaN and infinities. */
final class JsonLinesEncoder implements RowEncoder {
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LINE_END = "}\n".getBytes(StandardCharsets.US_ASCII);

  private final TextOutput out;
  private final TextBuffer text;
  private final JsonTexts texts;
  private final byte[][] names;

  /**
   * @param columns names of a batch's first columns
   * @param out closed with this, or when the file is finished
   */
  JsonLinesEncoder(List<String> columns, OutputStream out) {
    this.out = new TextOutput(out);
    this.text = this.out.text();
    this.texts = new JsonTexts(text);
    this.names = new byte[columns.size()][];
    for (int c = 0; c < names.length; c++) {
      names[c] = name(columns.get(c), c == 0 ? "{" : ",");
    }
  }

  private static byte[] name(String column, String before) {
    TextBuffer made = new TextBuffer();
    made.putAscii(before);
    byte[] bytes = column.getBytes(StandardCharsets.UTF_8);
    new JsonTexts(made).putString(bytes, 0, bytes.length);
    made.put((byte) ':');
    return java.util.Arrays.copyOf(made.bytes(), made.size());
  }

  @Override
  public int append(RowBatch batch, int[] selected, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      for (int c = 0; c < names.length; c++) {
        text.put(names[c]);
        putValue(batch.column(c), selected[i]);
      }
      text.put(LINE_END);
      if (out.endRow()) {
        return i + 1;
      }
    }
    return to;
  }

  private void putValue(ColumnVector values, int row) {
    if (values.isNull(row)) {
      text.put(NULL);
      return;
    }
    switch (values.type()) {
      case STRING -> texts.putString(values.text(), values.textStart(row), values.textLength(row));
      case JSON -> texts.putJson(values.text(), values.textStart(row), values.textLength(row));
      case INT32, INT64 -> text.putLong(values.longAt(row));
      case UINT64 -> text.putUnsigned(values.longAt(row));
      case BOOLEAN -> text.put(values.longAt(row) != 0 ? TRUE : FALSE);
      case DOUBLE -> putDouble(values.doubleAt(row));
      case TIMESTAMP -> {
        text.put((byte) '"');
        text.putTime(values.longAt(row));
        text.put((byte) '"');
      }
    }
  }

  private void putDouble(double value) {
    if (Double.isFinite(value)) {
      text.putDouble(value);
    } else {
      text.put(NULL);
    }
  }

  @Override
  public void finish() throws IOException {
    out.finish();
  }

  @Override
  public long heldBytes() {
    return text.size();
  }

  @Override
  public void drain() throws IOException {
    out.drain();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
