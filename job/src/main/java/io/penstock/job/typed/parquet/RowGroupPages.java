package io.penstock.job.typed.parquet;

import io.penstock.job.compress.UnreadableException;
import io.penstock.job.scan.ChunkPages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;

/** Gives parquet-java the pages of one row group, decompressed when it wants them. */
final class RowGroupPages implements PageReadStore {
  private final long rows;
  private final Function<ColumnDescriptor, Column> columns;

  RowGroupPages(long rows, Function<ColumnDescriptor, Column> columns) {
    this.rows = rows;
    this.columns = columns;
  }

  @Override
  public long getRowCount() {
    return rows;
  }

  @Override
  public PageReader getPageReader(ColumnDescriptor descriptor) {
    return columns.apply(descriptor);
  }

  /** One column's pages. What goes wrong is thrown unchecked, and to be unwrapped. */
  static final class Column implements PageReader {
    private final ChunkPages pages;
    private final long values;
    private ChunkPages.Page ahead;
    private long given;

    /**
     * @param values that the row group has of the column, nulls included
     */
    Column(ChunkPages pages, long values) {
      this.pages = pages;
      this.values = values;
    }

    @Override
    public long getTotalValueCount() {
      return values;
    }

    @Override
    public DictionaryPage readDictionaryPage() {
      try {
        ahead = pages.next();
        if (!ahead.header().isSetDictionary_page_header()) {
          return null;
        }
        DictionaryPageHeader header = ahead.header().getDictionary_page_header();
        BytesInput bytes = BytesInput.from(pages.decompress(ahead, 0, true));
        ahead = null;
        return new DictionaryPage(
            bytes, header.getNum_values(), Encoding.valueOf(header.getEncoding().name()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public DataPage readPage() {
      if (given >= values) {
        return null;
      }
      try {
        while (true) {
          ChunkPages.Page page = ahead == null ? pages.next() : ahead;
          ahead = null;
          PageHeader header = page.header();
          if (header.isSetData_page_header()) {
            return v1(page, header.getData_page_header());
          }
          if (header.isSetData_page_header_v2()) {
            return v2(page, header.getData_page_header_v2());
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private DataPage v1(ChunkPages.Page page, DataPageHeader header) throws UnreadableException {
      given += header.getNum_values();
      byte[] bytes = pages.decompress(page, 0, true);
      return new DataPageV1(
          BytesInput.from(bytes),
          header.getNum_values(),
          bytes.length,
          null,
          Encoding.valueOf(header.getRepetition_level_encoding().name()),
          Encoding.valueOf(header.getDefinition_level_encoding().name()),
          Encoding.valueOf(header.getEncoding().name()));
    }

    private DataPage v2(ChunkPages.Page page, DataPageHeaderV2 header) throws UnreadableException {
      given += header.getNum_values();
      int repetition = header.getRepetition_levels_byte_length();
      int definition = header.getDefinition_levels_byte_length();
      boolean compressed = !header.isSetIs_compressed() || header.isIs_compressed();
      byte[] data = pages.decompress(page, repetition + definition, compressed);
      ByteBuffer levels =
          ByteBuffer.wrap(
              Arrays.copyOfRange(page.bytes(), page.from(), page.from() + repetition + definition));
      return DataPageV2.uncompressed(
          header.getNum_rows(),
          header.getNum_nulls(),
          header.getNum_values(),
          BytesInput.from(levels.slice(0, repetition)),
          BytesInput.from(levels.slice(repetition, definition)),
          Encoding.valueOf(header.getEncoding().name()),
          BytesInput.from(data),
          null);
    }
  }
}
