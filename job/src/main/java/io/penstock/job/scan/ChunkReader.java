package io.penstock.job.scan;

import io.penstock.job.compress.UnreadableException;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import java.io.IOException;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;

/** Reads one column of a row group; a page is decompressed when its first row is wanted. */
public final class ChunkReader {
  private final FileColumn column;
  private final ChunkPages pages;
  private final int[] levels = new int[RowBatch.CAPACITY];
  private final int[] present = new int[RowBatch.CAPACITY];
  private Dictionary dictionary;
  private int rowsLeft;
  private RunsAndBits pageLevels;
  private PageValues values;

  /**
   * @param meta what the footer says of it
   */
  public ChunkReader(FileColumn column, ColumnMetaData meta, ChunkBytes chunk)
      throws UnreadableException {
    this.column = column;
    this.pages = new ChunkPages(column.column().name(), meta, chunk);
  }

  /** Sets the first {@code rows} rows of an empty vector to the next ones. */
  public void read(ColumnVector vector, int rows) throws IOException {
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
      open(pages.next());
    }
  }

  private String name() {
    return column.column().name();
  }

  private void open(ChunkPages.Page page) throws IOException {
    PageHeader header = page.header();
    switch (header.getType()) {
      case DICTIONARY_PAGE ->
          dictionary =
              new Dictionary(
                  column,
                  pages.decompress(page, 0, true),
                  header.getDictionary_page_header().getNum_values());
      case DATA_PAGE -> openV1(page);
      case DATA_PAGE_V2 -> openV2(page);
      case INDEX_PAGE -> {
        // Nothing that is needed.
      }
    }
  }

  private void openV1(ChunkPages.Page stored) throws IOException {
    DataPageHeader page = stored.header().getData_page_header();
    byte[] bytes = pages.decompress(stored, 0, true);
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

  private void openV2(ChunkPages.Page stored) throws IOException {
    DataPageHeaderV2 page = stored.header().getData_page_header_v2();
    int from = stored.from();
    int repetition = page.getRepetition_levels_byte_length();
    int definition = page.getDefinition_levels_byte_length();
    boolean compressed = !page.isSetIs_compressed() || page.isIs_compressed();
    byte[] bytes = pages.decompress(stored, repetition + definition, compressed);
    pageLevels =
        column.optional()
            ? new RunsAndBits(stored.bytes(), from + repetition, from + repetition + definition, 1)
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
