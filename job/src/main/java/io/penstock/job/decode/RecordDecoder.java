package io.penstock.job.decode;

import io.penstock.spec.RecordFormat;
import io.penstock.spec.TransformSpec;

/**
 * Decodes one record: {@link #read} quickly, straight into the batch, where it is of the usual
 * kind; {@link #decode} always, and the definition of what is right.
 */
interface RecordDecoder {
  /** The record, or one of its values, is not of the usual kind. */
  int UNKNOWN = -1;

  /** A new object begins. */
  void objectStarted();

  /**
   * Reads a record's values into a row by the {@link ColumnReader}s the decoder was made with.
   * Columns that the record does not have are not touched, unless they have a default.
   *
   * @param from of the record; it ends where it ends, at the latest at {@code to}, where a newline
   *     can be written and read. Bytes that are to be changed are kept in {@link Edits} before
   * @return the index behind the record's line end, not above {@code to}; {@link #UNKNOWN} if
   *     {@link #decode} has to look at it, the values are undefined then
   */
  default int read(byte[] bytes, int from, int to, int row) {
    return UNKNOWN;
  }

  /** Lines of the record that was read last. */
  default int lines() {
    return 1;
  }

  /**
   * Splits a record into the fields that columns want.
   *
   * @param from of the record in {@code bytes}
   * @param to behind the record, without its line end
   * @return whether it is a record of data; a header or a comment is none
   */
  boolean decode(byte[] bytes, int from, int to, Fields fields) throws RowRejected;

  /** Makes a decoder as {@link #of} does. */
  interface Factory {
    RecordDecoder make(TransformSpec transform, ColumnReader[] readers, Edits edits);
  }

  /**
   * @param readers one for each column that is converted, in their order
   * @param edits of the block that records are in
   */
  static RecordDecoder of(TransformSpec transform, ColumnReader[] readers, Edits edits) {
    if (transform.format().typed()) {
      return new NoRecords();
    }
    if (transform.format() instanceof RecordFormat.Regex regex) {
      return new RegexRecordDecoder(regex, transform);
    }
    RecordDecoder decoder =
        transform.format() instanceof RecordFormat.Csv csv
            ? new CsvRecordDecoder(csv, transform, readers)
            : new JsonRecordDecoder(transform, readers, edits);
    return JsonSources.areNeeded(transform) ? new ExactOnly(decoder) : decoder;
  }
}
