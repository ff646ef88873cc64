package io.penstock.job.parquet;

import com.github.luben.zstd.Zstd;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.example.DummyRecordConverter;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** Reads a file by parquet-java's decoders; only pages are found and decompressed here. */
final class ParquetJavaReader {
  private static final int TRAILER_BYTES = 8;

  private final byte[] file;
  private final FileMetaData footer;

  ParquetJavaReader(byte[] file) throws IOException {
    this.file = file;
    int end = file.length - TRAILER_BYTES;
    int length = LittleEndian.intAt(file, end);
    this.footer = Util.readFileMetaData(new ByteArrayInputStream(file, end - length, length));
  }

  FileMetaData footer() {
    return footer;
  }

  ColumnMetaData column(int rowGroup, int column) {
    return footer.getRow_groups().get(rowGroup).getColumns().get(column).getMeta_data();
  }

  /** The headers of a column's pages, in their order. */
  List<PageHeader> pageHeaders(int rowGroup, int column) throws IOException {
    return new Pages(column(rowGroup, column)).headers;
  }

  List<Object[]> rows(List<ColumnSpec> columns) throws IOException {
    MessageType schema = schema(columns);
    List<Object[]> rows = new ArrayList<>();
    for (RowGroup group : footer.getRow_groups()) {
      int first = rows.size();
      for (long row = 0; row < group.getNum_rows(); row++) {
        rows.add(new Object[columns.size()]);
      }
      ColumnReadStoreImpl store =
          new ColumnReadStoreImpl(
              new RowGroupPages(group, schema),
              new DummyRecordConverter(schema).getRootConverter(),
              schema,
              footer.getCreated_by());
      for (int c = 0; c < columns.size(); c++) {
        ColumnReader reader = store.getColumnReader(schema.getColumns().get(c));
        for (int row = first; row < rows.size(); row++) {
          rows.get(row)[c] =
              reader.getCurrentDefinitionLevel() == 0 ? null : value(reader, columns.get(c));
          reader.consume();
        }
      }
    }
    return rows;
  }

  private static Object value(ColumnReader reader, ColumnSpec column) {
    return switch (column.type()) {
      case STRING, JSON -> reader.getBinary().toStringUsingUTF8();
      case BOOLEAN -> reader.getBoolean();
      case INT32 -> reader.getInteger();
      case INT64, TIMESTAMP -> reader.getLong();
      case UINT64 -> new BigInteger(reader.getBinary().getBytes());
      case DOUBLE -> reader.getDouble();
    };
  }

  private static MessageType schema(List<ColumnSpec> columns) {
    Types.MessageTypeBuilder schema = Types.buildMessage();
    for (ColumnSpec column : columns) {
      PrimitiveTypeName type =
          switch (column.type()) {
            case STRING, JSON -> PrimitiveTypeName.BINARY;
            case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
            case INT32 -> PrimitiveTypeName.INT32;
            case INT64, TIMESTAMP -> PrimitiveTypeName.INT64;
            case UINT64 -> PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
            case DOUBLE -> PrimitiveTypeName.DOUBLE;
          };
      schema.addField(
          column.type() == ColumnType.UINT64
              ? Types.optional(type).length(UnsignedDecimal.BYTES).named(column.name())
              : Types.optional(type).named(column.name()));
    }
    return schema.named("table");
  }

  /** The pages of a row group. */
  private final class RowGroupPages implements PageReadStore {
    private final RowGroup group;
    private final MessageType schema;

    RowGroupPages(RowGroup group, MessageType schema) {
      this.group = group;
      this.schema = schema;
    }

    @Override
    public PageReader getPageReader(ColumnDescriptor descriptor) {
      ColumnChunk chunk = group.getColumns().get(schema.getColumns().indexOf(descriptor));
      try {
        return new Pages(chunk.getMeta_data());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public long getRowCount() {
      return group.getNum_rows();
    }
  }

  /** The pages of a column in a row group. */
  private final class Pages implements PageReader {
    private final ColumnMetaData column;
    private final List<PageHeader> headers = new ArrayList<>();
    private final Deque<DataPage> data = new ArrayDeque<>();
    private DictionaryPage dictionary;

    Pages(ColumnMetaData column) throws IOException {
      this.column = column;
      long begin =
          column.isSetDictionary_page_offset()
              ? column.getDictionary_page_offset()
              : column.getData_page_offset();
      int length = (int) column.getTotal_compressed_size();
      ByteArrayInputStream in = new ByteArrayInputStream(file, (int) begin, length);
      while (in.available() > 0) {
        add(Util.readPageHeader(in), in);
      }
    }

    @SuppressWarnings("deprecation")
    private void add(PageHeader header, ByteArrayInputStream in) throws IOException {
      headers.add(header);
      int size = header.getUncompressed_page_size();
      byte[] page = Zstd.decompress(in.readNBytes(header.getCompressed_page_size()), size);
      if (page.length != size) {
        throw new AssertionError(header + " is not true");
      }
      if (header.getType() == PageType.DICTIONARY_PAGE) {
        int entries = header.getDictionary_page_header().getNum_values();
        dictionary = new DictionaryPage(BytesInput.from(page), entries, Encoding.PLAIN_DICTIONARY);
        return;
      }
      String encoding = header.getData_page_header().getEncoding().name();
      data.add(
          new DataPageV1(
              BytesInput.from(page),
              header.getData_page_header().getNum_values(),
              size,
              null,
              Encoding.BIT_PACKED,
              Encoding.RLE,
              Encoding.valueOf(encoding)));
    }

    @Override
    public DictionaryPage readDictionaryPage() {
      return dictionary;
    }

    @Override
    public long getTotalValueCount() {
      return column.getNum_values();
    }

    @Override
    public DataPage readPage() {
      return data.poll();
    }
  }
}
