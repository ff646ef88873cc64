package io.penstock.job.parquet;

import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnStatistics;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Statistics;

/**
 * Writes one column of a file: the open page, and the pages before it. Where a page ends depends on
 * the rows only, not on how they were cut into calls.
 */
final class ColumnEncoder {
  /**
   * A page of text ends before a value that would make it larger. Larger pages would not be written
   * smaller or faster, but every open file holds one for each column.
   */
  static final int PAGE_BYTES = 256 * 1024;

  /** With what comes before them, eight bytes each fit that size too, and two a quarter of it. */
  static final int PAGE_ROWS = 30_000;

  private final ColumnSpec column;
  private final PageCompressor compressor;
  private final ColumnValues values;
  private final DefinitionLevels levels;
  private final ColumnPages pages;
  private long groupRows;
  private long groupNulls;
  private long fileRows;
  private long fileNulls;
  private long storedBytes;

  ColumnEncoder(ColumnSpec column, PageCompressor compressor, FileBuffers buffers) {
    this.column = column;
    this.compressor = compressor;
    this.values = values(column, buffers, compressor.workspace());
    this.levels = new DefinitionLevels(buffers);
    this.pages = new ColumnPages(column, compressor, buffers);
  }

  private static ColumnValues values(ColumnSpec column, FileBuffers buffers, Workspace workspace) {
    return switch (column.type()) {
      case STRING, JSON -> new TextValues(buffers, workspace);
      case BOOLEAN -> new BooleanValues(buffers, workspace);
      case INT32, INT64, UINT64, TIMESTAMP -> new IntegerValues(column.type(), buffers, workspace);
      case DOUBLE -> new DoubleValues(buffers, workspace);
    };
  }

  /**
   * Appends at most {@link io.penstock.job.record.RowBatch#CAPACITY} rows: those at {@code
   * selected[from]} to {@code selected[to - 1]}.
   */
  void append(ColumnArrays arrays, int[] selected, int from, int to) throws IOException {
    boolean[] isNull = arrays.nulls;
    int[] present = compressor.workspace().rows();
    int next = from;
    while (next < to) {
      int end = Math.min(to, next + PAGE_ROWS - levels.rows());
      int count = present(isNull, selected, next, end, present);
      int taken = values.append(arrays, present, count);
      if (taken < count) {
        end = indexOf(taken, isNull, selected, next);
      }
      levels.append(isNull, selected, next, end, taken);
      if (taken < count || levels.rows() == PAGE_ROWS) {
        endPage();
      }
      next = end;
    }
  }

  private static int present(boolean[] isNull, int[] selected, int from, int to, int[] present) {
    int count = 0;
    for (int i = from; i < to; i++) {
      int row = selected[i];
      present[count] = row;
      count += isNull[row] ? 0 : 1;
    }
    return count;
  }

  /** Where the value is that {@code before} others precede. */
  private static int indexOf(int before, boolean[] isNull, int[] selected, int from) {
    int index = from;
    int seen = 0;
    while (isNull[selected[index]] || seen++ < before) {
      index++;
    }
    return index;
  }

  private void endPage() throws IOException {
    if (levels.rows() == 0) {
      return;
    }
    groupRows += levels.rows();
    groupNulls += levels.nulls();
    GrowingBytes page = compressor.workspace().emptyPage();
    levels.encode(page);
    pages.addDataPage(values.endPage(page), levels.rows());
    levels.clear();
  }

  /** What would be written if the row group ended now, without compression of the open page. */
  long encodedBytes() {
    return pages.storedBytes() + values.encodedBytes() + levels.heldBytes();
  }

  /**
   * Writes the column's part of the row group.
   *
   * @param begin where in the file that is
   * @return what the footer says of it
   */
  ColumnChunk endRowGroup(long begin, OutputStream out) throws IOException {
    endPage();
    if (values.dictionarySize() > 0) {
      pages.addDictionaryPage(values.dictionary(), values.dictionarySize());
    }
    long dictionaryBytes = pages.dictionaryBytes();
    long stored = pages.storedBytes();
    ColumnMetaData meta =
        new ColumnMetaData(
            ParquetSchema.physical(column.type()),
            List.copyOf(pages.encodings()),
            List.of(column.name()),
            compressor.codec(),
            groupRows,
            pages.uncompressedBytes(),
            stored,
            begin + dictionaryBytes);
    if (dictionaryBytes > 0) {
      meta.setDictionary_page_offset(begin);
    }
    meta.setStatistics(statistics());
    pages.drainTo(out);
    forgetRowGroup(stored);
    return new ColumnChunk(begin).setMeta_data(meta);
  }

  private void forgetRowGroup(long stored) {
    storedBytes += stored;
    fileRows += groupRows;
    fileNulls += groupNulls;
    groupRows = 0;
    groupNulls = 0;
    values.endRowGroup();
  }

  private Statistics statistics() {
    Statistics statistics = new Statistics().setNull_count(groupNulls);
    if (!values.range().isEmpty()) {
      values
          .range()
          .upperBytes()
          .ifPresent(
              upper -> statistics.setMin_value(values.range().lowerBytes()).setMax_value(upper));
    }
    return statistics;
  }

  /** Of the row groups that have ended. */
  ColumnStatistics fileStatistics() {
    ValueRange range = values.fileRange();
    return new ColumnStatistics(
        column.fieldId(),
        fileRows,
        fileNulls,
        range.nans(),
        storedBytes,
        range.isEmpty() ? Optional.empty() : Optional.of(range.lower()),
        range.isEmpty() ? Optional.empty() : range.upper());
  }
}
