package io.penstock.job.scan;

import io.penstock.job.compress.UnreadableException;
import io.penstock.job.record.ColumnVector;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type.Repetition;

/** Values in the encodings that Penstock does not write, by parquet-java, one at a time. */
final class LibraryValues implements PageValues {
  private final FileColumn.Stored stored;
  private final ValuesReader reader;

  private LibraryValues(FileColumn.Stored stored, ValuesReader reader) {
    this.stored = stored;
    this.reader = reader;
  }

  /**
   * @param encoding by its name
   * @param count of the page's values
   */
  static LibraryValues of(
      FileColumn column, String encoding, byte[] bytes, int from, int end, int count)
      throws IOException {
    PrimitiveType type =
        column.stored() == FileColumn.Stored.UNSIGNED
            ? new PrimitiveType(
                Repetition.REQUIRED,
                primitive(column.stored()),
                FileColumn.Stored.UNSIGNED_BYTES,
                column.column().name())
            : new PrimitiveType(
                Repetition.REQUIRED, primitive(column.stored()), column.column().name());
    ColumnDescriptor descriptor =
        new ColumnDescriptor(new String[] {column.column().name()}, type, 0, 0);
    try {
      ValuesReader reader =
          Encoding.valueOf(encoding).getValuesReader(descriptor, ValuesType.VALUES);
      reader.initFromPage(
          count, ByteBufferInputStream.wrap(ByteBuffer.wrap(bytes, from, end - from)));
      return new LibraryValues(column.stored(), reader);
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  private static PrimitiveType.PrimitiveTypeName primitive(FileColumn.Stored stored) {
    return switch (stored) {
      case BOOLEAN -> PrimitiveType.PrimitiveTypeName.BOOLEAN;
      case INT32 -> PrimitiveType.PrimitiveTypeName.INT32;
      case INT64, MILLIS, NANOS -> PrimitiveType.PrimitiveTypeName.INT64;
      case FLOAT -> PrimitiveType.PrimitiveTypeName.FLOAT;
      case DOUBLE -> PrimitiveType.PrimitiveTypeName.DOUBLE;
      case BYTES -> PrimitiveType.PrimitiveTypeName.BINARY;
      case UNSIGNED -> PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
      case INT96 -> PrimitiveType.PrimitiveTypeName.INT96;
    };
  }

  private static UnreadableException damaged(RuntimeException e) {
    return new UnreadableException("a page cannot be decoded: " + e.getMessage(), e);
  }

  @Override
  public void read(ColumnVector vector, int[] rows, int count) throws UnreadableException {
    try {
      for (int i = 0; i < count; i++) {
        readOne(vector, rows[i]);
      }
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  private void readOne(ColumnVector vector, int row) throws UnreadableException {
    switch (stored) {
      case BOOLEAN -> vector.setLong(row, reader.readBoolean() ? 1 : 0);
      case INT32 -> vector.setLong(row, reader.readInteger());
      case INT64, MILLIS, NANOS ->
          vector.setLong(row, PlainValues.micros(stored, reader.readLong()));
      case FLOAT -> vector.setDouble(row, reader.readFloat());
      case DOUBLE -> vector.setDouble(row, reader.readDouble());
      case BYTES -> {
        Binary value = reader.readBytes();
        byte[] bytes = value.getBytesUnsafe();
        vector.setText(row, bytes, 0, bytes.length);
      }
      case UNSIGNED -> vector.setLong(row, PlainValues.unsigned(reader.readBytes().getBytes(), 0));
      case INT96 -> vector.setLong(row, PlainValues.int96(reader.readBytes().getBytes(), 0));
    }
  }
}
