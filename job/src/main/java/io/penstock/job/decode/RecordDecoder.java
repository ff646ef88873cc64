package io.penstock.job.decode;

import io.penstock.spec.RecordFormat;
import io.penstock.spec.TransformSpec;

/** Splits one record into the fields that columns want. */
interface RecordDecoder {
  /** A new object begins. */
  void objectStarted();

  /**
   * @param from of the record in {@code bytes}
   * @param to behind the record, without its line end
   * @return whether it is a record of data; a header or a comment is none
   */
  boolean decode(byte[] bytes, int from, int to, Fields fields) throws RowRejected;

  static RecordDecoder of(TransformSpec transform) {
    return transform.format() instanceof RecordFormat.Csv csv
        ? new CsvRecordDecoder(csv, transform.columns())
        : new JsonRecordDecoder(transform.columns());
  }
}
