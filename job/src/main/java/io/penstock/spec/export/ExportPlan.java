package io.penstock.spec.export;

import io.penstock.spec.Check;
import java.util.List;
import java.util.OptionalLong;

/**
 * The data files of a pinned snapshot that can hold rows of the export. Frozen: every attempt reads
 * these, in this order.
 *
 * @param snapshot of the Iceberg table; absent if it has none yet, and no files then
 */
public record ExportPlan(int version, OptionalLong snapshot, List<TableFile> files) {
  public static final int VERSION = 1;

  public ExportPlan {
    Check.that(version == VERSION, "version must be %d but was %d", VERSION, version);
    files = List.copyOf(files);
    Check.that(snapshot.isPresent() || files.isEmpty(), "files must be of a snapshot");
  }

  /** Of all files, of any time. */
  public long rowsInFiles() {
    return files.stream().mapToLong(TableFile::rows).sum();
  }

  /**
   * A Parquet file of the table.
   *
   * @param key in the storage's bucket
   * @param bytes of the whole file
   */
  public record TableFile(String key, long rows, long bytes) {
    public TableFile {
      Check.that(key != null && !key.isEmpty(), "key must not be empty");
      Check.that(rows >= 0, "rows of %s must not be negative but were %d", key, rows);
      Check.that(bytes > 0, "bytes of %s must be positive but were %d", key, bytes);
    }
  }
}
