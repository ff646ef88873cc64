package io.penstock.job.typed.parquet;

import io.penstock.job.compress.UnreadableException;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.job.record.Utf8Bytes;
import io.penstock.job.scan.ChunkBytes;
import io.penstock.job.scan.ChunkPages;
import io.penstock.job.scan.ChunkReader;
import io.penstock.job.scan.FileColumn;
import io.penstock.job.scan.ObjectBytes;
import io.penstock.job.scan.RowGroupBytes;
import io.penstock.job.typed.ColumnTarget;
import io.penstock.spec.ColumnType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;

/** The rows of one row group. */
final class RowGroupRows {
  /** More is not fetched at once, but each column piece by piece. */
  private static final long MAX_FETCHED = 64L * 1024 * 1024;

  private final FileColumns columns;
  private final RowGroup group;
  private final Map<ColumnTarget, ChunkReader> straight = new LinkedHashMap<>();
  private final Optional<RecordReader<Integer>> converted;
  private final ScalarConverter.Cursor cursor = new ScalarConverter.Cursor();
  private final long bytesEach;
  private final int batchRows;
  private long left;

  RowGroupRows(ObjectBytes file, RowGroup group, FileColumns columns, int maxBatchBytes)
      throws IOException {
    this.columns = columns;
    this.group = group;
    this.left = group.getNum_rows();
    long bytes = 0;
    for (int leaf : columns.leaves()) {
      bytes += meta(leaf).getTotal_uncompressed_size();
    }
    this.bytesEach = bytes / left;
    this.batchRows =
        (int) Math.max(1, Math.min(RowBatch.CAPACITY, maxBatchBytes / Math.max(1, bytesEach)));
    Map<Integer, ChunkBytes> chunks = chunks(file);
    for (Map.Entry<ColumnTarget, FileColumn> one : columns.straight().entrySet()) {
      int leaf = one.getValue().leaf();
      straight.put(one.getKey(), new ChunkReader(one.getValue(), meta(leaf), chunks.get(leaf)));
    }
    this.converted =
        columns.projection().getFieldCount() == 0 ? Optional.empty() : Optional.of(records(chunks));
  }

  private ColumnMetaData meta(int leaf) throws UnreadableException {
    if (leaf >= group.getColumnsSize() || !group.getColumns().get(leaf).isSetMeta_data()) {
      throw new UnreadableException("a row group does not have all columns", null);
    }
    return group.getColumns().get(leaf).getMeta_data();
  }

  private Map<Integer, ChunkBytes> chunks(ObjectBytes file) throws IOException {
    Map<Integer, ChunkBytes> chunks = new LinkedHashMap<>();
    if (RowGroupBytes.size(group, columns.leaves()) > MAX_FETCHED) {
      for (int leaf : columns.leaves()) {
        chunks.put(leaf, ChunkBytes.of(file, RowGroupBytes.range(leaf, meta(leaf), file)));
      }
    } else {
      RowGroupBytes.fetch(file, group, columns.leaves())
          .forEach((leaf, slice) -> chunks.put(leaf, ChunkBytes.of(slice)));
    }
    return chunks;
  }

  private RecordReader<Integer> records(Map<Integer, ChunkBytes> chunks) {
    RowGroupPages pages = new RowGroupPages(group.getNum_rows(), column -> pages(column, chunks));
    return new ColumnIOFactory(columns.writer())
        .getColumnIO(columns.projection(), columns.message())
        .getRecordReader(pages, new RowMaterializer(columns, cursor), FilterCompat.NOOP);
  }

  private RowGroupPages.Column pages(ColumnDescriptor column, Map<Integer, ChunkBytes> chunks) {
    int leaf = columns.leaf(column);
    try {
      ColumnMetaData meta = meta(leaf);
      String name = String.join(".", column.getPath());
      return new RowGroupPages.Column(
          new ChunkPages(name, meta, chunks.get(leaf)), meta.getNum_values());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows that have not been read. */
  long left() {
    return left;
  }

  /** About how many bytes a row is. */
  long bytesEach() {
    return bytesEach;
  }

  /** Fills a batch, of which the targets are, and returns how many rows it has. */
  int read(RowBatch batch) throws IOException {
    int rows = (int) Math.min(batchRows, left);
    for (Map.Entry<ColumnTarget, ChunkReader> one : straight.entrySet()) {
      one.getValue().read(one.getKey().vector(), rows);
      checkText(one.getKey(), rows);
    }
    for (cursor.row = 0; cursor.row < rows; cursor.row++) {
      converted.ifPresent(RecordReader::read);
      batch.endRow();
    }
    left -= rows;
    return rows;
  }

  /** What is not UTF-8 is no text. */
  private static void checkText(ColumnTarget target, int rows) {
    ColumnVector vector = target.vector();
    if (vector.type() != ColumnType.STRING) {
      return;
    }
    for (int row = 0; row < rows; row++) {
      int from = vector.textStart(row);
      if (!vector.isNull(row)
          && !Utf8Bytes.areValid(vector.text(), from, from + vector.textLength(row))) {
        target.lose(row);
      }
    }
  }
}
