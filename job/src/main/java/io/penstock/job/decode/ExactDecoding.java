package io.penstock.job.decode;

import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.TransformSpec;
import java.util.List;

/** Decodes a record by way of text; knows why it cannot. */
final class ExactDecoding {
  private final List<ColumnSpec> columns;
  private final RecordDecoder decoder;
  private final RowBatch batch;
  private final ColumnConverter[] converters;
  private final Fields fields;

  ExactDecoding(TransformSpec transform, RecordDecoder decoder, RowBatch batch) {
    this.columns = transform.columns();
    this.decoder = decoder;
    this.batch = batch;
    this.converters =
        columns.stream()
            .map(column -> new ColumnConverter(column, transform.nullValues()))
            .toArray(ColumnConverter[]::new);
    this.fields = new Fields(columns.size());
  }

  /** As {@link RecordDecoder#decode}. */
  boolean split(byte[] bytes, int from, int to) throws RowRejected {
    fields.clear();
    return decoder.decode(bytes, from, to, fields);
  }

  /** Sets all values of the row to those of the record that was split last. */
  void convert(int row) throws RowRejected {
    for (int i = 0; i < converters.length; i++) {
      try {
        converters[i].convert(fields.kind(i), fields.text(i), batch.column(i), row);
      } catch (Unconvertible e) {
        throw RowRejected.value(e.code(), columns.get(i).name(), e.getMessage());
      }
    }
  }
}
