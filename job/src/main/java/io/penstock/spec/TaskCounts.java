package io.penstock.spec;

/**
 * What happened to the rows of a task, or of several.
 *
 * @param objects read to their end
 * @param storedBytes bytes of the objects as they are stored
 * @param decodedBytes bytes after decompression
 * @param rowsWithWarning of those written, of which something was lost
 */
public record TaskCounts(
    long rowsRead,
    long rowsWritten,
    long rowsFiltered,
    long rowsRejected,
    long objects,
    long storedBytes,
    long decodedBytes,
    long rowsWithWarning) {
  public static final TaskCounts ZERO = new TaskCounts(0, 0, 0, 0, 0, 0, 0);

  /** Nothing was lost. */
  public TaskCounts(
      long rowsRead,
      long rowsWritten,
      long rowsFiltered,
      long rowsRejected,
      long objects,
      long storedBytes,
      long decodedBytes) {
    this(rowsRead, rowsWritten, rowsFiltered, rowsRejected, objects, storedBytes, decodedBytes, 0);
  }

  public TaskCounts plus(TaskCounts other) {
    return new TaskCounts(
        rowsRead + other.rowsRead,
        rowsWritten + other.rowsWritten,
        rowsFiltered + other.rowsFiltered,
        rowsRejected + other.rowsRejected,
        objects + other.objects,
        storedBytes + other.storedBytes,
        decodedBytes + other.decodedBytes,
        rowsWithWarning + other.rowsWithWarning);
  }

  /** The larger of each figure. */
  public TaskCounts max(TaskCounts other) {
    return new TaskCounts(
        Math.max(rowsRead, other.rowsRead),
        Math.max(rowsWritten, other.rowsWritten),
        Math.max(rowsFiltered, other.rowsFiltered),
        Math.max(rowsRejected, other.rowsRejected),
        Math.max(objects, other.objects),
        Math.max(storedBytes, other.storedBytes),
        Math.max(decodedBytes, other.decodedBytes),
        Math.max(rowsWithWarning, other.rowsWithWarning));
  }

  /** Whether every row that was read is in exactly one place. */
  public boolean balanced() {
    return rowsRead == rowsWritten + rowsFiltered + rowsRejected;
  }
}
