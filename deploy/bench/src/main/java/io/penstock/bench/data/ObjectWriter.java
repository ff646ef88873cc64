package io.penstock.bench.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Writes the events of one object. A row's values do not depend on the format. */
final class ObjectWriter {
  private static final byte[] CSV_NULL = "\\N".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] JSON_NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final int ORDERS = 4;
  private static final int ROWS_PER_ORDER = 4;

  private final Dataset dataset;
  private final Column[] columns;
  private final Field[] fields;
  private final int[][] orders;
  private final Bytes line = new Bytes();
  private long bytesWritten;

  ObjectWriter(Dataset dataset) {
    this.dataset = dataset;
    this.columns = dataset.schema().toArray(Column[]::new);
    this.fields = new Field[columns.length];
    for (int i = 0; i < columns.length; i++) {
      fields[i] = new Field(dataset.format().csv());
    }
    this.orders = orders(columns.length);
  }

  /** The order of the schema, and some in which keys have changed places. */
  private static int[][] orders(int columns) {
    int[][] orders = new int[ORDERS][];
    Random random = new Random(1);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      order.add(i);
    }
    for (int i = 0; i < ORDERS; i++) {
      orders[i] = order.stream().mapToInt(Integer::intValue).toArray();
      Collections.shuffle(order, random);
    }
    return orders;
  }

  /** Uncompressed bytes of all objects written so far. */
  long bytesWritten() {
    return bytesWritten;
  }

  /**
   * @param out is not closed
   */
  void write(int object, OutputStream out) throws IOException {
    Draw draw = new Draw(dataset.seed(), object);
    long end = dataset.firstRow(object + 1);
    int order = 0;
    for (draw.row = dataset.firstRow(object); draw.row < end; draw.row++) {
      draw.millis = dataset.millis(draw.row, draw.random.nextDouble());
      if (draw.oneIn(ROWS_PER_ORDER)) {
        order = draw.random.nextInt(ORDERS);
      }
      for (int i = 0; i < columns.length; i++) {
        columns[i].draw(draw, fields[i]);
      }
      line.clear();
      if (dataset.format().csv()) {
        csv();
      } else {
        json(order);
      }
      line.put('\n').writeTo(out);
      bytesWritten += line.length();
    }
  }

  /** Every second order leaves out what is null. */
  private void json(int order) {
    int separator = '{';
    for (int i : orders[order]) {
      if (fields[i].isNull() && order % 2 == 1) {
        continue;
      }
      line.put(separator).add(columns[i].key());
      separator = ',';
      if (fields[i].isNull()) {
        line.add(JSON_NULL);
      } else {
        line.add(fields[i].bytes());
      }
    }
    line.put('}');
  }

  private void csv() {
    for (int i = 0; i < fields.length; i++) {
      if (i > 0) {
        line.put(',');
      }
      if (fields[i].isNull()) {
        line.add(CSV_NULL);
      } else {
        line.add(fields[i].bytes());
      }
    }
  }
}
