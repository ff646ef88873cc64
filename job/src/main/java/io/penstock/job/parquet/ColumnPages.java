package io.penstock.job.parquet;

import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.Set;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/** The compressed pages of one column in one row group, held until the row group is written. */
final class ColumnPages {
  private final PageCompressor compressor;
  private final int fieldId;
  private final boolean isText;
  private final StoredBytes dictionaryPage;
  private final StoredBytes dataPages;
  private final Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
  private long uncompressedBytes;

  ColumnPages(ColumnSpec column, PageCompressor compressor, FileBuffers buffers) {
    this.compressor = compressor;
    this.fieldId = column.fieldId();
    this.isText = column.type() == ColumnType.STRING || column.type() == ColumnType.JSON;
    this.dictionaryPage = new StoredBytes(buffers);
    this.dataPages = new StoredBytes(buffers);
  }

  void addDataPage(PageBytes page, int rows) throws IOException {
    // Nothing is repeated, so repetition levels take no bytes in any encoding.
    DataPageHeader data =
        new DataPageHeader(rows, page.encoding(), Encoding.RLE, Encoding.BIT_PACKED);
    add(new PageHeader().setType(PageType.DATA_PAGE).setData_page_header(data), page, dataPages);
    encodings.add(Encoding.RLE);
    encodings.add(Encoding.BIT_PACKED);
  }

  void addDictionaryPage(GrowingBytes entries, int count) throws IOException {
    PageBytes page = PageBytes.of(entries, Encoding.PLAIN_DICTIONARY);
    DictionaryPageHeader dictionary = new DictionaryPageHeader(count, page.encoding());
    add(
        new PageHeader().setType(PageType.DICTIONARY_PAGE).setDictionary_page_header(dictionary),
        page,
        dictionaryPage);
  }

  private void add(PageHeader header, PageBytes page, StoredBytes target) throws IOException {
    int compressed = compress(header.getType(), page);
    long before = target.size();
    Util.writePageHeader(
        header.setUncompressed_page_size(page.length()).setCompressed_page_size(compressed),
        target);
    uncompressedBytes += target.size() - before + page.length();
    target.write(compressor.compressed(), 0, compressed);
    encodings.add(page.encoding());
  }

  private int compress(PageType type, PageBytes page) {
    if (page.encoding() == Encoding.PLAIN) {
      return compressor.compressPlain(isText, fieldId, page.bytes(), page.from(), page.length());
    }
    return isText && type == PageType.DICTIONARY_PAGE
        ? compressor.compressText(page.bytes(), page.from(), page.length())
        : compressor.compressCodes(page.bytes(), page.from(), page.length());
  }

  Set<Encoding> encodings() {
    return encodings;
  }

  long uncompressedBytes() {
    return uncompressedBytes;
  }

  /** 0 if there is none. */
  long dictionaryBytes() {
    return dictionaryPage.size();
  }

  long storedBytes() {
    return dictionaryPage.size() + dataPages.size();
  }

  /** Writes them, and holds none then. */
  void drainTo(OutputStream out) throws IOException {
    dictionaryPage.drainTo(out);
    dataPages.drainTo(out);
    encodings.clear();
    uncompressedBytes = 0;
  }
}
