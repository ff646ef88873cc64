package io.penstock.job.decode;

import io.penstock.spec.TaskCounts;

/** Counts of the task in hand; void when the task is. */
final class LiveCounts {
  long rowsRead;
  long rowsWritten;
  long rowsFiltered;
  long rowsRejected;
  long objects;
  long storedBytes;
  long decodedBytes;
  long rowsWithWarning;

  void clear() {
    rowsRead = 0;
    rowsWritten = 0;
    rowsFiltered = 0;
    rowsRejected = 0;
    objects = 0;
    storedBytes = 0;
    decodedBytes = 0;
    rowsWithWarning = 0;
  }

  TaskCounts toCounts() {
    return new TaskCounts(
        rowsRead,
        rowsWritten,
        rowsFiltered,
        rowsRejected,
        objects,
        storedBytes,
        decodedBytes,
        rowsWithWarning);
  }
}
