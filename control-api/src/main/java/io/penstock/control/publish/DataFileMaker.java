package io.penstock.control.publish;

import io.penstock.spec.ColumnStatistics;
import io.penstock.spec.PartitionFile;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;

/** Makes Iceberg data files, with their statistics, of partitions. */
final class DataFileMaker {
  private final String bucket;
  private final Schema schema;

  DataFileMaker(String bucket, Schema schema) {
    this.bucket = bucket;
    this.schema = schema;
  }

  DataFile of(PartitionFile partition) {
    Map<Integer, Long> sizes = new HashMap<>();
    Map<Integer, Long> values = new HashMap<>();
    Map<Integer, Long> nulls = new HashMap<>();
    Map<Integer, Long> nans = new HashMap<>();
    Map<Integer, ByteBuffer> lower = new HashMap<>();
    Map<Integer, ByteBuffer> upper = new HashMap<>();
    for (ColumnStatistics column : partition.columns()) {
      int id = column.fieldId();
      Type type = schema.findType(id);
      sizes.put(id, column.storedBytes());
      values.put(id, column.values());
      nulls.put(id, column.nulls());
      if (type.typeId() == Type.TypeID.DOUBLE) {
        nans.put(id, column.nans());
      }
      bound(type, column.lower()).ifPresent(bytes -> lower.put(id, bytes));
      bound(type, column.upper()).ifPresent(bytes -> upper.put(id, bytes));
    }
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath("s3://" + bucket + "/" + partition.key())
        .withFormat(FileFormat.PARQUET)
        .withFileSizeInBytes(partition.bytes())
        .withSplitOffsets(partition.rowGroupOffsets())
        .withMetrics(new Metrics(partition.rows(), sizes, values, nulls, nans, lower, upper))
        .build();
  }

  private static Optional<ByteBuffer> bound(Type type, Optional<String> text) {
    return text.map(t -> Conversions.toByteBuffer(type, value(type, t)));
  }

  private static Object value(Type type, String text) {
    return switch (type.typeId()) {
      case BOOLEAN -> Boolean.parseBoolean(text);
      case INTEGER -> Integer.parseInt(text);
      case LONG, TIMESTAMP -> Long.parseLong(text);
      case DOUBLE -> Double.parseDouble(text);
      case DECIMAL -> new BigDecimal(text);
      case STRING -> text;
      default -> throw new IllegalStateException("no column is of type " + type);
    };
  }
}
