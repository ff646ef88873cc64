package io.penstock.job.scan;

import io.penstock.job.compress.UnreadableException;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.job.s3.ObjectStore;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.spec.ColumnType;
import io.penstock.spec.TaskFailure.FailureCode;
import io.penstock.spec.export.ExportPlan.TableFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;

/** Decodes one file, row group after row group, on a thread of its own. */
final class FileScan implements Runnable {
  private final ObjectStore store;
  private final String bucket;
  private final TableFile file;
  private final ScanColumns columns;
  private final ScanMemory memory;
  private final Supplier<RowBatch> batches;
  private final BatchQueue queue = new BatchQueue();

  /** Read by another thread behind the queue's end. */
  private long skippedRows;

  /**
   * @param batches gives batches of these columns that nobody uses
   */
  FileScan(
      ObjectStore store,
      String bucket,
      TableFile file,
      ScanColumns columns,
      ScanMemory memory,
      Supplier<RowBatch> batches) {
    this.store = store;
    this.bucket = bucket;
    this.file = file;
    this.columns = columns;
    this.memory = memory;
    this.batches = batches;
  }

  BatchQueue queue() {
    return queue;
  }

  /** In row groups that were not read; to be asked when the queue has ended. */
  long skippedRows() {
    return skippedRows;
  }

  @Override
  public void run() {
    try {
      scan();
      queue.end();
    } catch (UnreadableException e) {
      queue.fail(named(e.getMessage(), e));
    } catch (RuntimeException e) {
      queue.fail(named("it cannot be decoded: " + e, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      queue.fail(e);
    } catch (Throwable e) {
      // Whatever it is, the reader must not wait for ever.
      queue.fail(e);
    }
  }

  private UnreadableException named(String reason, Exception cause) {
    return new UnreadableException("s3://" + bucket + "/" + file.key() + ": " + reason, cause);
  }

  private void scan() throws IOException, InterruptedException {
    ObjectBytes bytes = ObjectBytes.of(store, bucket, stat());
    FileMetaData footer = FileFooter.read(bytes);
    List<Optional<FileColumn>> found = new FileSchema(footer.getSchema()).find(columns.columns());
    Set<Integer> leaves = new LinkedHashSet<>();
    found.forEach(column -> column.ifPresent(one -> leaves.add(one.leaf())));
    long rows = 0;
    for (RowGroup group : footer.getRow_groups()) {
      rows += group.getNum_rows();
      if (columns.times().isPresent()
          && RowGroupTimes.excluded(group, found, columns.times().get())) {
        skippedRows += group.getNum_rows();
      } else if (group.getNum_rows() > 0) {
        scan(bytes, group, found, leaves);
      }
    }
    if (rows != file.rows()) {
      throw new UnreadableException(
          "it has %d rows where the table has %d".formatted(rows, file.rows()), null);
    }
  }

  private ObjectStore.ObjectStat stat() throws IOException {
    String name = "s3://" + bucket + "/" + file.key();
    ObjectStore.ObjectStat stat =
        store
            .stat(bucket, file.key())
            .orElseThrow(
                () ->
                    new ObjectStoreException(
                        FailureCode.NOT_FOUND,
                        true,
                        "cannot read " + name + ": it does not exist",
                        null));
    if (stat.size() != file.bytes()) {
      throw new ObjectStoreException(
          FailureCode.OBJECT_CHANGED,
          true,
          "cannot read %s: it has %d bytes where the table has %d"
              .formatted(name, stat.size(), file.bytes()),
          null);
    }
    return stat;
  }

  private void scan(
      ObjectBytes file, RowGroup group, List<Optional<FileColumn>> found, Set<Integer> leaves)
      throws IOException, InterruptedException {
    long bytes = RowGroupBytes.size(group, leaves);
    memory.take(this, bytes);
    try {
      Map<Integer, RowGroupBytes.Slice> slices = RowGroupBytes.fetch(file, group, leaves);
      List<Optional<ChunkReader>> readers = new ArrayList<>();
      for (Optional<FileColumn> column : found) {
        readers.add(
            column.isEmpty() ? Optional.empty() : Optional.of(reader(group, column.get(), slices)));
      }
      deliver(group.getNum_rows(), readers);
    } finally {
      memory.give(bytes);
    }
  }

  private static ChunkReader reader(
      RowGroup group, FileColumn column, Map<Integer, RowGroupBytes.Slice> slices)
      throws UnreadableException {
    return new ChunkReader(
        column,
        group.getColumns().get(column.leaf()).getMeta_data(),
        ChunkBytes.of(slices.get(column.leaf())));
  }

  private void deliver(long rows, List<Optional<ChunkReader>> readers)
      throws IOException, InterruptedException {
    for (long left = rows; left > 0; left -= RowBatch.CAPACITY) {
      int count = (int) Math.min(RowBatch.CAPACITY, left);
      RowBatch batch = batches.get();
      batch.clear();
      long textBytes = 0;
      for (int i = 0; i < readers.size(); i++) {
        ColumnVector vector = batch.column(columns.firstColumn() + i);
        if (readers.get(i).isPresent()) {
          readers.get(i).get().read(vector, count);
          textBytes += textBytes(vector, count);
        }
      }
      for (int i = 0; i < count; i++) {
        batch.endRow();
      }
      queue.put(batch, textBytes);
    }
  }

  private static long textBytes(ColumnVector vector, int rows) {
    if (vector.type() != ColumnType.STRING && vector.type() != ColumnType.JSON) {
      return 0;
    }
    long bytes = 0;
    for (int row = 0; row < rows; row++) {
      bytes += vector.isNull(row) ? 0 : vector.textLength(row);
    }
    return bytes;
  }
}
