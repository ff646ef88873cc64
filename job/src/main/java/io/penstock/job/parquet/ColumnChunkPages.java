package io.penstock.job.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.statistics.geospatial.GeospatialStatistics;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/** The compressed pages of one column in one row group, held until the row group is written. */
final class ColumnChunkPages implements PageWriter {
  private final PageCompressor compressor;
  private final ByteArrayOutputStream dataPages = new ByteArrayOutputStream(0);
  private final ByteArrayOutputStream dictionaryPage = new ByteArrayOutputStream(0);
  private final Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
  private long values;
  private long uncompressedBytes;

  ColumnChunkPages(PageCompressor compressor) {
    this.compressor = compressor;
  }

  @Override
  public void writePage(
      BytesInput bytes,
      int valueCount,
      int rowCount,
      Statistics<?> statistics,
      Encoding repetitionLevels,
      Encoding definitionLevels,
      Encoding data)
      throws IOException {
    byte[] plain = bytes(bytes);
    byte[] compressed = compressor.compress(plain);
    PageHeader header = new PageHeader(PageType.DATA_PAGE, plain.length, compressed.length);
    header.setData_page_header(
        new DataPageHeader(
            valueCount, format(data), format(definitionLevels), format(repetitionLevels)));
    append(header, plain.length, compressed, dataPages);
    values += valueCount;
    encodings.add(data);
    encodings.add(definitionLevels);
    encodings.add(repetitionLevels);
  }

  @Override
  public void writePage(
      BytesInput bytes,
      int valueCount,
      int rowCount,
      Statistics<?> statistics,
      SizeStatistics sizes,
      GeospatialStatistics geospatial,
      Encoding repetitionLevels,
      Encoding definitionLevels,
      Encoding data)
      throws IOException {
    writePage(bytes, valueCount, rowCount, statistics, repetitionLevels, definitionLevels, data);
  }

  @SuppressWarnings("deprecation")
  @Override
  public void writePage(
      BytesInput bytes,
      int valueCount,
      Statistics<?> statistics,
      Encoding repetitionLevels,
      Encoding definitionLevels,
      Encoding data)
      throws IOException {
    writePage(bytes, valueCount, valueCount, statistics, repetitionLevels, definitionLevels, data);
  }

  @Override
  public void writePageV2(
      int rowCount,
      int nullCount,
      int valueCount,
      BytesInput repetitionLevels,
      BytesInput definitionLevels,
      Encoding encoding,
      BytesInput data,
      Statistics<?> statistics) {
    throw new UnsupportedOperationException("only data pages of version 1 are written");
  }

  @Override
  public void writeDictionaryPage(DictionaryPage page) throws IOException {
    byte[] plain = bytes(page.getBytes());
    byte[] compressed = compressor.compress(plain);
    PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, plain.length, compressed.length);
    header.setDictionary_page_header(
        new DictionaryPageHeader(page.getDictionarySize(), format(page.getEncoding())));
    append(header, plain.length, compressed, dictionaryPage);
    encodings.add(page.getEncoding());
  }

  private void append(
      PageHeader header, int plainBytes, byte[] compressed, ByteArrayOutputStream target)
      throws IOException {
    int before = target.size();
    Util.writePageHeader(header, target);
    uncompressedBytes += target.size() - before + plainBytes;
    target.write(compressed);
  }

  private static byte[] bytes(BytesInput input) throws IOException {
    ByteArrayOutputStream copy = new ByteArrayOutputStream((int) input.size());
    input.writeAllTo(copy);
    return copy.toByteArray();
  }

  static org.apache.parquet.format.Encoding format(Encoding encoding) {
    return org.apache.parquet.format.Encoding.valueOf(encoding.name());
  }

  Set<Encoding> encodings() {
    return encodings;
  }

  long values() {
    return values;
  }

  long uncompressedBytes() {
    return uncompressedBytes;
  }

  byte[] dictionaryPage() {
    return dictionaryPage.toByteArray();
  }

  byte[] dataPages() {
    return dataPages.toByteArray();
  }

  @Override
  public long getMemSize() {
    return (long) dataPages.size() + dictionaryPage.size();
  }

  @Override
  public long allocatedSize() {
    return getMemSize();
  }

  @Override
  public String memUsageString(String prefix) {
    return prefix + " " + getMemSize() + " bytes of pages";
  }
}
