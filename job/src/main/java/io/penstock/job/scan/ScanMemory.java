package io.penstock.job.scan;

/**
 * Bounds the bytes that have been fetched and are not decoded yet. The file whose rows are wanted
 * now gets what it asks for, so that files behind it never keep it waiting. Thread-safe.
 */
final class ScanMemory {
  private static final long MAX_BYTES = 128L * 1024 * 1024;

  private FileScan first;
  private long used;

  synchronized void take(FileScan scan, long bytes) throws InterruptedException {
    while (used > 0 && used + bytes > MAX_BYTES && scan != first) {
      wait();
    }
    used += bytes;
  }

  synchronized void give(long bytes) {
    used -= bytes;
    notifyAll();
  }

  synchronized void setFirst(FileScan scan) {
    first = scan;
    notifyAll();
  }
}
