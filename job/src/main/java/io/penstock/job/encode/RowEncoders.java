package io.penstock.job.encode;

import io.penstock.job.compress.BlockCodec;
import io.penstock.job.compress.FileCompression;
import io.penstock.job.parquet.PageCompressor;
import io.penstock.job.parquet.ParquetFile;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.export.ExportFormat;
import io.penstock.spec.export.ExportQuery;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes encoders of an export's files. Of one thread, as are its encoders. */
public final class RowEncoders implements Closeable {
  private static final int ZSTD_LEVEL = 3;
  private static final int ROW_GROUPS_IN_LIMIT = 4;

  private final ExportFormat format;
  private final List<String> names;
  private final List<ColumnSpec> columns;
  private final FileCompression compression = new FileCompression();
  private final Optional<PageCompressor> compressor;
  private final long rowGroupBytes;

  /**
   * @param maxFileBytes at which files end; their row groups are a part of it
   */
  public RowEncoders(ExportFormat format, ExportQuery query, OptionalLong maxFileBytes) {
    this.format = format;
    this.names = query.outputs().stream().map(ExportQuery.Output::name).toList();
    this.columns = columns(query);
    this.compressor =
        format.kind() == ExportFormat.Kind.PARQUET
            ? Optional.of(PageCompressor.of(codec(format.codec()), ZSTD_LEVEL))
            : Optional.empty();
    this.rowGroupBytes =
        Math.min(
            ParquetFile.ROW_GROUP_BYTES,
            Math.max(1, maxFileBytes.orElse(Long.MAX_VALUE) / ROW_GROUPS_IN_LIMIT));
  }

  private static BlockCodec codec(ExportFormat.Codec codec) {
    return switch (codec) {
      case NONE -> BlockCodec.NONE;
      case GZIP -> BlockCodec.GZIP;
      case BROTLI -> BlockCodec.BROTLI;
      case ZSTD -> BlockCodec.ZSTD;
      case SNAPPY -> BlockCodec.SNAPPY;
      case LZ4 -> BlockCodec.LZ4;
    };
  }

  /** Ids count the outputs: they are no table's. */
  private static List<ColumnSpec> columns(ExportQuery query) {
    List<ColumnSpec> columns = new ArrayList<>();
    for (ExportQuery.Output output : query.outputs()) {
      ColumnType type = query.typeOf(output);
      columns.add(
          new ColumnSpec(
              output.name(),
              columns.size() + 1,
              type,
              new ColumnSource.None(),
              type == ColumnType.TIMESTAMP
                  ? Optional.of(new TimeFormat.Epoch(TimeFormat.EpochUnit.MICROSECONDS))
                  : Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              List.of()));
    }
    return columns;
  }

  /**
   * Begins a file.
   *
   * @param out is not closed
   */
  public RowEncoder open(OutputStream out) throws IOException {
    return switch (format.kind()) {
      case JSON_LINES -> new JsonLinesEncoder(names, compression.open(format.codec(), out));
      case CSV -> new CsvEncoder(names, compression.open(format.codec(), out));
      case PARQUET -> new ParquetEncoder(columns, compressor.orElseThrow(), out, rowGroupBytes);
    };
  }

  @Override
  public void close() {
    compressor.ifPresent(PageCompressor::close);
    compression.close();
  }
}
