package io.penstock.job.typed.parquet;

import io.penstock.job.compress.UnreadableException;
import io.penstock.job.record.RowBatch;
import io.penstock.job.record.SpareBatches;
import io.penstock.job.record.TypedRows;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.job.scan.FileFooter;
import io.penstock.job.scan.ObjectBytes;
import io.penstock.job.scan.RowGroupBytes;
import io.penstock.job.typed.TypedObject;
import io.penstock.job.typed.WantedColumn;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.RecordFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;

/**
 * The rows of a Parquet file, of those row groups that begin in the part that is asked for. The
 * footer is read first, and then of each row group what the wanted columns have.
 */
public final class ParquetRows implements TypedObject {
  private static final int MAX_BATCH_BYTES = 8 * 1024 * 1024;

  private final ObjectBytes file;
  private final PlannedObject object;
  private final RecordFormat.Parquet format;
  private final List<WantedColumn> wanted;
  private final SpareBatches batches;
  private FileMetaData footer;
  private FileColumns columns;
  private int nextGroup;
  private long rowsBefore;
  private long groupBegins;
  private long unreportedBytes;
  private RowGroupRows open;

  /**
   * @param object which part of the file to read
   */
  public ParquetRows(
      ObjectBytes file,
      PlannedObject object,
      RecordFormat.Parquet format,
      List<WantedColumn> wanted,
      SpareBatches batches) {
    this.file = file;
    this.object = object;
    this.format = format;
    this.wanted = wanted;
    this.batches = batches;
  }

  @Override
  public Optional<TypedRows> next() throws IOException {
    try {
      return batch();
    } catch (UnreadableException | ObjectStoreException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  /** What parquet-java meets in damaged pages can be anything; what it met in S3 is that. */
  private static IOException failure(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UncheckedIOException unchecked) {
        return unchecked.getCause();
      }
    }
    return new UnreadableException("it cannot be decoded: " + e, e);
  }

  private Optional<TypedRows> batch() throws IOException {
    if (footer == null) {
      footer = FileFooter.read(file);
      columns = new FileColumns(footer, format.binaryAsString(), wanted);
    }
    while (open == null || open.left() == 0) {
      if (!openNext()) {
        return Optional.empty();
      }
    }
    RowBatch batch = batches.take();
    wanted.forEach(column -> column.target().begin(batch));
    int rows = open.read(batch);
    long firstRow = rowsBefore + 1;
    rowsBefore += rows;
    long stored = unreportedBytes;
    unreportedBytes = 0;
    return Optional.of(
        new TypedRows(batch, firstRow, groupBegins, stored, rows * open.bytesEach(), batches));
  }

  /** Goes over those that begin elsewhere; their rows are counted all the same. */
  private boolean openNext() throws IOException {
    open = null;
    while (nextGroup < footer.getRow_groupsSize()) {
      RowGroup group = footer.getRow_groups().get(nextGroup++);
      long begin = begin(group);
      if (object.contains(begin) && group.getNum_rows() > 0) {
        groupBegins = begin;
        unreportedBytes += RowGroupBytes.size(group, columns.leaves());
        open = new RowGroupRows(file, group, columns, MAX_BATCH_BYTES);
        return true;
      }
      rowsBefore += group.getNum_rows();
    }
    return false;
  }

  /** Where its first column begins. */
  private long begin(RowGroup group) throws UnreadableException {
    if (group.getColumnsSize() == 0 || group.getNum_rows() < 0) {
      throw new UnreadableException("a row group has no columns", null);
    }
    return RowGroupBytes.range(0, group.getColumns().get(0).getMeta_data(), file).from();
  }

  @Override
  public void close() {
    // Nothing is open between two reads.
  }
}
