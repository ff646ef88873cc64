package io.penstock.job.encode;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * RFC 4180 with a header; lines end in a line feed. Null is an empty field, an empty text two
 * quotes; JSON is text.
 */
final class CsvEncoder implements RowEncoder {
  private final TextOutput out;
  private final TextBuffer text;
  private final int columns;

  /**
   * @param columns names of a batch's first columns
   * @param out closed with this, or when the file is finished
   */
  CsvEncoder(List<String> columns, OutputStream out) {
    this.out = new TextOutput(out);
    this.text = this.out.text();
    this.columns = columns.size();
    for (int c = 0; c < columns.size(); c++) {
      byte[] name = columns.get(c).getBytes(StandardCharsets.UTF_8);
      CsvValues.putField(text, name, 0, name.length);
      text.put((byte) (c + 1 == columns.size() ? '\n' : ','));
    }
  }

  @Override
  public int append(RowBatch batch, int[] selected, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      int row = selected[i];
      for (int c = 0; c < columns; c++) {
        ColumnVector values = batch.column(c);
        if (!values.isNull(row)) {
          putValue(values, row);
        }
        text.put((byte) (c + 1 == columns ? '\n' : ','));
      }
      if (out.endRow()) {
        return i + 1;
      }
    }
    return to;
  }

  private void putValue(ColumnVector values, int row) {
    if (values.type() == ColumnType.STRING || values.type() == ColumnType.JSON) {
      CsvValues.putField(text, values.text(), values.textStart(row), values.textLength(row));
    } else {
      CsvValues.put(text, values, row);
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
