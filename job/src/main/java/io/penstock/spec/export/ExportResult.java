package io.penstock.spec.export;

import io.penstock.spec.Check;
import java.util.List;

/**
 * What a finished attempt of an export read and wrote. It is written last, once.
 *
 * @param rowsRead of all the plan's files
 * @param rowsFiltered of other times, or that the filter leaves out
 * @param rowsWithWarning of those written, of which something was lost
 * @param files in the order of their numbers; none if there is nothing to export
 */
public record ExportResult(
    int version,
    int attempt,
    long rowsRead,
    long rowsFiltered,
    long rowsWithWarning,
    List<ExportedFile> files) {
  public static final int VERSION = 1;

  public ExportResult {
    Check.that(version == VERSION, "version must be %d but was %d", VERSION, version);
    files = List.copyOf(files);
    long written = files.stream().mapToLong(ExportedFile::rows).sum();
    Check.that(
        rowsRead == rowsFiltered + written,
        "rows read must be filtered or written but %d were read, %d filtered and %d written",
        rowsRead,
        rowsFiltered,
        written);
  }

  public long rowsWritten() {
    return rowsRead - rowsFiltered;
  }

  /** Of all objects. */
  public long bytesWritten() {
    return files.stream().mapToLong(ExportedFile::bytes).sum();
  }
}
