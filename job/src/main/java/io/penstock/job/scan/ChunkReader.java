package io.penstock.job.scan;

import io.penstock.job.compress.BlockCodec;
import io.penstock.job.compress.UnreadableException;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;

/** Reads one column of a row group; a page is decompressed when its first row is wanted. */
final class ChunkReader {
  private final FileColumn column;
  private final BlockCodec codec;

  /** No page can be larger than all of them. */
  private final long largestPage;

  private final RowGroupBytes.Slice chunk;
  private final int[] levels = new int[RowBatch.CAPACITY];
  private final int[] present = new int[RowBatch.CAPACITY];
  private int at;
  private Dictionary dictionary;
  private int rowsLeft;
  private RunsAndBits pageLevels;
  private PageValues values;

  /**
   * @param meta what the footer says of it
   */
  ChunkReader(FileColumn column, ColumnMetaData meta, RowGroupBytes.Slice chunk)
      throws UnreadableException {
    this.column = column;
    this.codec = codec(meta.getCodec());
    this.largestPage = meta.getTotal_uncompressed_size();
    this.chunk = chunk;
    this.at = chunk.from();
  }

  private static BlockCodec codec(CompressionCodec codec) throws UnreadableException {
    return switch (codec) {
      case UNCOMPRESSED -> BlockCodec.NONE;
      case SNAPPY -> BlockCodec.SNAPPY;
      case GZIP -> BlockCodec.GZIP;
      case BROTLI -> BlockCodec.BROTLI;
      case ZSTD -> BlockCodec.ZSTD;
      case LZ4_RAW -> BlockCodec.LZ4;
      case LZO, LZ4 -> throw new UnreadableException("pages compressed by " + codec, null);
    };
  }

  /** Sets the first {@code rows} rows of an empty vector to the next ones. */
  void read(ColumnVector vector, int rows) throws IOException {
    int done = 0;
    while (done < rows) {
      if (rowsLeft == 0) {
        nextPage();
      }
      if (done == 0) {
        vector.clear(values.block());
      }
      int now = Math.min(rows - done, rowsLeft);
      values.read(vector, present, present(done, now));
      rowsLeft -= now;
      done += now;
    }
  }

  /** Finds which of the rows have a value. */
  private int present(int first, int rows) throws UnreadableException {
    if (pageLevels == null) {
      for (int i = 0; i < rows; i++) {
        present[i] = first + i;
      }
      return rows;
    }
    pageLevels.read(levels, rows);
    int count = 0;
    for (int i = 0; i < rows; i++) {
      present[count] = first + i;
      count += levels[i];
    }
    return count;
  }

  private void nextPage() throws IOException {
    while (rowsLeft == 0) {
      if (at >= chunk.to()) {
        throw new UnreadableException("column %s ends early".formatted(name()), null);
      }
      ByteArrayInputStream in = new ByteArrayInputStream(chunk.bytes(), at, chunk.to() - at);
      PageHeader header = header(in);
      int from = chunk.to() - in.available();
      if (header.getCompressed_page_size() < 0
          || header.getUncompressed_page_size() < 0
          || header.getUncompressed_page_size() > largestPage
          || header.getCompressed_page_size() > in.available()) {
        throw new UnreadableException("a page of column %s is damaged".formatted(name()), null);
      }
      at = from + header.getCompressed_page_size();
      open(header, from);
    }
  }

  private PageHeader header(ByteArrayInputStream in) throws UnreadableException {
    try {
      return Util.readPageHeader(in);
    } catch (IOException | RuntimeException e) {
      throw new UnreadableException(
          "a page of column %s has no header: %s".formatted(name(), e.getMessage()), e);
    }
  }

  private String name() {
    return column.column().name();
  }

  private void open(PageHeader header, int from) throws IOException {
    switch (header.getType()) {
      case DICTIONARY_PAGE ->
          dictionary =
              new Dictionary(
                  column,
                  decompress(header, from, 0, true),
                  header.getDictionary_page_header().getNum_values());
      case DATA_PAGE -> openV1(header, from);
      case DATA_PAGE_V2 -> openV2(header, from);
      case INDEX_PAGE -> {
        // Nothing that is needed.
      }
    }
  }

  /**
   * @param plain bytes at the page's beginning that are not compressed, and left out
   */
  private byte[] decompress(PageHeader header, int from, int plain, boolean compressed)
      throws UnreadableException {
    int original = header.getUncompressed_page_size() - plain;
    int stored = header.getCompressed_page_size() - plain;
    if (original < 0 || stored < 0) {
      throw new UnreadableException("a page of column %s is damaged".formatted(name()), null);
    }
    if (original == 0) {
      return PageValues.NO_BLOCK;
    }
    return (compressed ? codec : BlockCodec.NONE)
        .decompress(chunk.bytes(), from + plain, stored, original);
  }

  private void openV1(PageHeader header, int from) throws IOException {
    DataPageHeader page = header.getData_page_header();
    byte[] bytes = decompress(header, from, 0, true);
    int begin = 0;
    pageLevels = null;
    if (column.optional()) {
      if (page.getDefinition_level_encoding() != Encoding.RLE || bytes.length < Integer.BYTES) {
        throw new UnreadableException(
            "definition levels of column %s are in %s"
                .formatted(name(), page.getDefinition_level_encoding()),
            null);
      }
      int length = LittleEndian.intAt(bytes, 0);
      begin = Integer.BYTES + length;
      pageLevels = new RunsAndBits(bytes, Integer.BYTES, begin, 1);
    }
    rowsLeft = page.getNum_values();
    values = values(page.getEncoding(), bytes, begin, rowsLeft);
  }

  private void openV2(PageHeader header, int from) throws IOException {
    DataPageHeaderV2 page = header.getData_page_header_v2();
    int repetition = page.getRepetition_levels_byte_length();
    int definition = page.getDefinition_levels_byte_length();
    boolean compressed = !page.isSetIs_compressed() || page.isIs_compressed();
    byte[] bytes = decompress(header, from, repetition + definition, compressed);
    pageLevels =
        column.optional()
            ? new RunsAndBits(chunk.bytes(), from + repetition, from + repetition + definition, 1)
            : null;
    rowsLeft = page.getNum_values();
    values = values(page.getEncoding(), bytes, 0, rowsLeft - page.getNum_nulls());
  }

  private PageValues values(Encoding encoding, byte[] bytes, int from, int count)
      throws IOException {
    return switch (encoding) {
      case PLAIN ->
          column.stored() == FileColumn.Stored.BYTES
              ? new PlainTexts(bytes, from, bytes.length)
              : new PlainValues(column.stored(), bytes, from, bytes.length);
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
        if (dictionary == null) {
          throw new UnreadableException("column %s has no dictionary".formatted(name()), null);
        }
        yield dictionary.page(bytes, from, bytes.length);
      }
      case RLE,
          BIT_PACKED,
          DELTA_BINARY_PACKED,
          DELTA_LENGTH_BYTE_ARRAY,
          DELTA_BYTE_ARRAY,
          BYTE_STREAM_SPLIT ->
          LibraryValues.of(column, encoding.name(), bytes, from, bytes.length, count);
    };
  }
}
