package io.penstock.job.decode;

import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.TransformSpec;
import java.util.List;
import java.util.Optional;

/** Decodes a record by way of text; knows why it cannot. */
final class ExactDecoding {
  private final List<ColumnSpec> columns;
  private final RecordDecoder decoder;
  private final RowBatch batch;
  private final ColumnConverter[] converters;
  private final AutomaticColumns automatic;
  private final Optional<CaughtFields> rejects;
  private final int timeColumn;
  private final Fields fields;

  ExactDecoding(
      TransformSpec transform, RecordDecoder decoder, AutomaticColumns automatic, RowBatch batch) {
    this.columns = transform.convertedColumns();
    this.automatic = automatic;
    this.rejects = CaughtFields.rejects(transform);
    this.timeColumn = transform.timeColumnIndex();
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
    automatic.put(fields);
    rejects.ifPresent(CaughtFields::clear);
    for (int i = 0; i < converters.length; i++) {
      convert(i, row);
    }
    if (rejects.isPresent()) {
      rejects.get().put(fields);
      convert(rejects.get().column(), row);
    }
  }

  private void convert(int column, int row) throws RowRejected {
    try {
      converters[column].convert(
          fields.kind(column), fields.text(column), batch.column(column), row);
    } catch (Unconvertible e) {
      String name = columns.get(column).name();
      if (column == timeColumn || rejects.isEmpty() || column == rejects.get().column()) {
        throw RowRejected.value(e.code(), name, e.getMessage());
      }
      rejects.get().add(name, new JsonValue(fields.kind(column), fields.text(column)));
      converters[column].setCaught(batch.column(column), row);
    }
  }
}
