package io.penstock.job.parquet;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnStatistics;
import io.penstock.spec.ColumnType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/**
 * A Parquet file being written. The same rows in the same order always give the same bytes. Rows
 * are held until a row group is full or the file is finished; nothing is written before.
 */
public final class ParquetFile {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int FORMAT_VERSION = 1;
  private static final String CREATED_BY = "Penstock version 0.1.0 (build 0)";
  private static final long ROW_GROUP_BYTES = 64L * 1024 * 1024;
  private static final ParquetProperties PROPERTIES =
      ParquetProperties.builder()
          .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_1_0)
          .withDictionaryEncoding(true)
          .withStatisticsEnabled(false)
          .build();

  private final ParquetSchema schema;
  private final MessageType message;
  private final PageCompressor compressor;
  private final CountedOutput out;
  private final List<RowGroup> rowGroups = new ArrayList<>();
  private final List<Long> rowGroupOffsets = new ArrayList<>();
  private final ColumnBounds[] bounds;
  private final long[] storedBytes;

  private ColumnBounds[] groupBounds;
  private ColumnChunkPages[] pages;
  private ColumnWriteStore store;
  private ColumnWriter[] writers;
  private long rows;
  private long groupRows;

  /**
   * @param compressor shared by the files of one thread
   * @param out is not closed
   */
  public ParquetFile(List<ColumnSpec> columns, PageCompressor compressor, OutputStream out) {
    this.schema = new ParquetSchema(columns);
    this.message = schema.message();
    this.compressor = compressor;
    this.out = new CountedOutput(out);
    this.bounds = newBounds();
    this.storedBytes = new long[columns.size()];
  }

  /** What a finished file is. */
  public record Finished(long rows, List<Long> rowGroupOffsets, List<ColumnStatistics> columns) {}

  public long rows() {
    return rows;
  }

  /** Appends some of a batch's rows, in the order given. */
  public void append(RowBatch batch, int[] selected, int from, int to) throws IOException {
    if (store == null) {
      beginRowGroup();
    }
    for (int i = from; i < to; i++) {
      int row = selected[i];
      for (int c = 0; c < writers.length; c++) {
        ColumnVector vector = batch.column(c);
        groupBounds[c].add(vector, row);
        write(writers[c], vector, row);
      }
      store.endRecord();
    }
    rows += to - from;
    groupRows += to - from;
    if (store.getBufferedSize() >= ROW_GROUP_BYTES) {
      endRowGroup();
    }
  }

  private static void write(ColumnWriter writer, ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      writer.writeNull(0, 0);
      return;
    }
    switch (vector.type()) {
      case STRING, JSON ->
          writer.write(
              Binary.fromReusedByteArray(
                  vector.text(), vector.textStart(row), vector.textLength(row)),
              0,
              1);
      case BOOLEAN -> writer.write(vector.longAt(row) != 0, 0, 1);
      case INT32 -> writer.write((int) vector.longAt(row), 0, 1);
      case INT64, TIMESTAMP -> writer.write(vector.longAt(row), 0, 1);
      case DOUBLE -> writer.write(vector.doubleAt(row), 0, 1);
    }
  }

  private void beginRowGroup() throws IOException {
    if (out.count == 0) {
      out.write(MAGIC);
    }
    int columns = schema.columns().size();
    List<ColumnDescriptor> descriptors = message.getColumns();
    groupBounds = newBounds();
    pages = new ColumnChunkPages[columns];
    for (int c = 0; c < columns; c++) {
      pages[c] = new ColumnChunkPages(compressor);
    }
    store =
        PROPERTIES.newColumnWriteStore(
            message, descriptor -> pages[descriptors.indexOf(descriptor)]);
    writers = new ColumnWriter[columns];
    for (int c = 0; c < columns; c++) {
      writers[c] = store.getColumnWriter(descriptors.get(c));
    }
  }

  private void endRowGroup() throws IOException {
    store.flush();
    store.close();
    long begin = out.count;
    List<ColumnChunk> chunks = new ArrayList<>();
    long uncompressed = 0;
    for (int c = 0; c < pages.length; c++) {
      chunks.add(writeChunk(c));
      uncompressed += pages[c].uncompressedBytes();
      bounds[c].merge(groupBounds[c]);
    }
    rowGroupOffsets.add(begin);
    rowGroups.add(
        new RowGroup(chunks, uncompressed, groupRows)
            .setFile_offset(begin)
            .setTotal_compressed_size(out.count - begin)
            .setOrdinal((short) rowGroups.size()));
    store = null;
    writers = null;
    pages = null;
    groupRows = 0;
  }

  private ColumnChunk writeChunk(int c) throws IOException {
    ColumnSpec column = schema.columns().get(c);
    ColumnChunkPages chunk = pages[c];
    long begin = out.count;
    byte[] dictionary = chunk.dictionaryPage();
    out.write(dictionary);
    long data = out.count;
    out.write(chunk.dataPages());
    long stored = out.count - begin;
    storedBytes[c] += stored;
    ColumnMetaData meta =
        new ColumnMetaData(
            ParquetSchema.physical(column.type()),
            chunk.encodings().stream().map(ColumnChunkPages::format).toList(),
            List.of(column.name()),
            CompressionCodec.ZSTD,
            chunk.values(),
            chunk.uncompressedBytes(),
            stored,
            data);
    if (dictionary.length > 0) {
      meta.setDictionary_page_offset(begin);
    }
    meta.setStatistics(statistics(groupBounds[c]));
    return new ColumnChunk(begin).setMeta_data(meta);
  }

  private static Statistics statistics(ColumnBounds bounds) {
    Statistics statistics = new Statistics().setNull_count(bounds.nulls());
    if (!bounds.bounded()) {
      return statistics;
    }
    if (bounds.type() == ColumnType.STRING || bounds.type() == ColumnType.JSON) {
      bounds
          .maxText()
          .ifPresent(
              max ->
                  statistics
                      .setMin_value(bounds.minText().getBytes(StandardCharsets.UTF_8))
                      .setMax_value(max.getBytes(StandardCharsets.UTF_8)));
      return statistics;
    }
    return statistics.setMin_value(plain(bounds, true)).setMax_value(plain(bounds, false));
  }

  private static byte[] plain(ColumnBounds bounds, boolean min) {
    long whole = min ? bounds.minLong() : bounds.maxLong();
    return switch (bounds.type()) {
      case BOOLEAN -> new byte[] {(byte) whole};
      case INT32 -> littleEndian(Integer.BYTES).putInt((int) whole).array();
      case INT64, TIMESTAMP -> littleEndian(Long.BYTES).putLong(whole).array();
      case DOUBLE ->
          littleEndian(Double.BYTES)
              .putDouble(min ? bounds.minDouble() : bounds.maxDouble())
              .array();
      case STRING, JSON -> throw new IllegalStateException("text has bounds of its own");
    };
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes what is left and the footer. */
  public Finished finish() throws IOException {
    if (store != null) {
      endRowGroup();
    }
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    Util.writeFileMetaData(
        new FileMetaData(FORMAT_VERSION, schema.elements(), rows, rowGroups)
            .setCreated_by(CREATED_BY)
            .setColumn_orders(schema.orders()),
        footer);
    out.write(footer.toByteArray());
    out.write(littleEndian(Integer.BYTES).putInt(footer.size()).array());
    out.write(MAGIC);
    List<ColumnStatistics> statistics = new ArrayList<>();
    for (int c = 0; c < bounds.length; c++) {
      statistics.add(bounds[c].toStatistics(storedBytes[c]));
    }
    return new Finished(rows, List.copyOf(rowGroupOffsets), statistics);
  }

  private ColumnBounds[] newBounds() {
    return schema.columns().stream().map(ColumnBounds::new).toArray(ColumnBounds[]::new);
  }

  /** Knows where in the file it is. */
  private static final class CountedOutput {
    private final OutputStream out;
    private long count;

    CountedOutput(OutputStream out) {
      this.out = out;
    }

    void write(byte[] bytes) throws IOException {
      out.write(bytes);
      count += bytes.length;
    }
  }
}
