package io.penstock.job.decode;

import io.penstock.spec.RejectedRow;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Makes rejected rows of records. */
final class Rejects {
  /** About what one costs beside its text. */
  static final int BYTES_EACH = 512;

  private Rejects() {}

  /** Keeps the record's bytes as text where they are UTF-8, cut between two characters. */
  static RejectedRow row(
      String object, long line, long byteOffset, RowRejected why, byte[] bytes, int from, int to) {
    int end = Math.min(to, from + RejectedRow.MAX_ROW_BYTES);
    if (end < to) {
      end = characterBoundary(bytes, from, end);
    }
    Optional<String> text = text(bytes, from, end);
    Optional<String> base64 =
        text.isPresent()
            ? Optional.empty()
            : Optional.of(Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, from, end)));
    return new RejectedRow(
        object, line, byteOffset, why.column(), why.code(), why.getMessage(), text, base64);
  }

  private static Optional<String> text(byte[] bytes, int from, int to) {
    try {
      return Optional.of(new Utf8().decode(bytes, from, to));
    } catch (RowRejected e) {
      return Optional.empty();
    }
  }

  /** Continuation bytes begin with the bits 10. */
  private static int characterBoundary(byte[] bytes, int from, int end) {
    int boundary = end;
    while (boundary > from && (bytes[boundary] & 0xc0) == 0x80) {
      boundary--;
    }
    return boundary;
  }
}
