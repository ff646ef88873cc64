package io.penstock.job.decode;

/** What a record's bytes are before anything is known of their format. */
final class RecordBytes {
  private RecordBytes() {}

  static boolean isBlank(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  static long newlines(byte[] bytes, int from, int to) {
    long count = 0;
    for (int i = Words.newline(bytes, from, to); i >= 0; i = Words.newline(bytes, i + 1, to)) {
      count++;
    }
    return count;
  }
}
