package io.penstock.control.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/** The files that a query of a table reads now. */
final class TableFiles {
  private TableFiles() {}

  /** With their statistics; as they were added, then by location. */
  static List<DataFile> of(Table table) {
    List<DataFile> found = new ArrayList<>();
    try (CloseableIterable<FileScanTask> scan = table.newScan().includeColumnStats().planFiles()) {
      scan.forEach(task -> found.add(task.file().copy()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the scan of " + table.name(), e);
    }
    // Planning is parallel; what it finds comes in no order.
    found.sort(
        Comparator.comparing(DataFile::dataSequenceNumber).thenComparing(DataFile::location));
    return found;
  }
}
