package io.penstock.job.parquet;

import java.io.IOException;
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
  private final StoredBytes stored;
  private final Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
  private long uncompressedBytes;

  ColumnPages(PageCompressor compressor, FileBuffers buffers) {
    this.compressor = compressor;
    this.stored = new StoredBytes(buffers);
  }

  void addDataPage(GrowingBytes page, int rows, Encoding encoding) throws IOException {
    // Nothing is repeated, so repetition levels take no bytes in any encoding.
    DataPageHeader data = new DataPageHeader(rows, encoding, Encoding.RLE, Encoding.BIT_PACKED);
    add(new PageHeader().setType(PageType.DATA_PAGE).setData_page_header(data), page);
    encodings.add(encoding);
    encodings.add(Encoding.RLE);
    encodings.add(Encoding.BIT_PACKED);
  }

  void addDictionaryPage(GrowingBytes page, int entries) throws IOException {
    DictionaryPageHeader dictionary = new DictionaryPageHeader(entries, Encoding.PLAIN_DICTIONARY);
    add(
        new PageHeader().setType(PageType.DICTIONARY_PAGE).setDictionary_page_header(dictionary),
        page);
    encodings.add(Encoding.PLAIN_DICTIONARY);
  }

  private void add(PageHeader header, GrowingBytes page) throws IOException {
    int compressed = compressor.compress(page);
    long before = stored.size();
    Util.writePageHeader(
        header.setUncompressed_page_size(page.size()).setCompressed_page_size(compressed), stored);
    uncompressedBytes += stored.size() - before + page.size();
    stored.write(compressor.compressed(), 0, compressed);
  }

  Set<Encoding> encodings() {
    return encodings;
  }

  long uncompressedBytes() {
    return uncompressedBytes;
  }

  StoredBytes stored() {
    return stored;
  }
}
