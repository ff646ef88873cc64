package io.penstock.job.export;

import io.penstock.job.compress.UnreadableException;
import io.penstock.job.record.RowBatch;
import io.penstock.job.s3.ObjectStore;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.job.s3.ObjectStores;
import io.penstock.job.scan.ScanColumns;
import io.penstock.job.scan.TableScan;
import io.penstock.spec.SpecJson;
import io.penstock.spec.export.ExportFailure;
import io.penstock.spec.export.ExportPlan;
import io.penstock.spec.export.ExportSpec;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

/**
 * Takes batches from the scan on the fetcher's thread. One event a fetch: the queue's length bounds
 * the batches that nobody has looked at.
 */
final class ScanSplitReader implements SplitReader<ScanEvent, ScanSplit> {
  private final ExportSpec spec;
  private final ObjectStore storage;
  private final ExportFailures failures;
  private Optional<ScanSplit> split = Optional.empty();
  private long rowsInFiles;
  private TableScan scan;

  ScanSplitReader(ExportSpec spec, ObjectStores stores) {
    this.spec = spec;
    this.storage = stores.open(spec.storage());
    this.failures = new ExportFailures(spec, storage);
  }

  @Override
  public RecordsWithSplitIds<ScanEvent> fetch() throws IOException {
    if (split.isEmpty()) {
      return new RecordsBySplits<>(Map.of(), Set.of());
    }
    String id = split.get().splitId();
    if (split.get().ended()) {
      split = Optional.empty();
      return new RecordsBySplits<>(Map.of(), Set.of(id));
    }
    try {
      return next(id);
    } catch (UnreadableException e) {
      throw failures.permanent(ExportFailure.Kind.SOURCE, e);
    } catch (ObjectStoreException e) {
      throw failures.of(ExportFailure.Kind.SOURCE, e);
    }
  }

  private RecordsWithSplitIds<ScanEvent> next(String id) throws IOException {
    if (scan == null) {
      ExportPlan plan = plan();
      rowsInFiles = plan.rowsInFiles();
      scan = new TableScan(storage, spec.bucket(), plan.files(), ScanColumns.of(spec.query()));
      return records(id, new ScanEvent.Begun(), Set.of());
    }
    Optional<RowBatch> batch = scan.next();
    if (batch.isPresent()) {
      return new Lent(id, batch.get(), scan);
    }
    ScanEvent ended = new ScanEvent.Ended(rowsInFiles, scan.skippedRows());
    closeScan();
    split = Optional.empty();
    return records(id, ended, Set.of(id));
  }

  private static RecordsWithSplitIds<ScanEvent> records(
      String id, ScanEvent event, Set<String> finished) {
    return new RecordsBySplits<>(Map.of(id, List.of(event)), finished);
  }

  private ExportPlan plan() throws IOException {
    String key = spec.folder().plan();
    byte[] json =
        storage
            .get(spec.bucket(), key)
            .orElseThrow(() -> new IOException("the plan " + key + " is missing"));
    return SpecJson.read(json, ExportPlan.class);
  }

  /** A batch that goes back to its scan when it has been emitted. */
  private static final class Lent extends RecordsBySplits<ScanEvent> {
    private final RowBatch batch;
    private final TableScan scan;

    Lent(String id, RowBatch batch, TableScan scan) {
      super(of(id, batch), Set.of());
      this.batch = batch;
      this.scan = scan;
    }

    private static Map<String, Collection<ScanEvent>> of(String id, RowBatch batch) {
      return Map.of(id, List.of(new ScanEvent.Rows(batch)));
    }

    @Override
    public void recycle() {
      scan.release(batch);
    }
  }

  @Override
  public void handleSplitsChanges(SplitsChange<ScanSplit> change) {
    for (ScanSplit one : change.splits()) {
      split = Optional.of(one);
    }
  }

  @Override
  public void wakeUp() {
    // A fetch never waits for anything but S3, and S3 answers or times out.
  }

  private void closeScan() {
    if (scan != null) {
      scan.close();
      scan = null;
    }
  }

  @Override
  public void close() {
    closeScan();
    storage.close();
  }
}
