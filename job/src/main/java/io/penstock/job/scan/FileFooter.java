package io.penstock.job.scan;

import io.penstock.job.compress.UnreadableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;

/** Reads what a Parquet file says of itself at its end. */
public final class FileFooter {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int TRAILER_BYTES = 8;

  /** Most footers are shorter: one request is enough. */
  private static final int FIRST_GUESS = 64 * 1024;

  /** Some tens of thousands of row groups; what claims to be longer is damaged. */
  private static final int MAX_LENGTH = 256 * 1024 * 1024;

  private FileFooter() {}

  /**
   * @throws UnreadableException if the file is no Parquet file, or its footer is damaged
   */
  public static FileMetaData read(ObjectBytes file) throws IOException {
    if (file.size() < MAGIC.length + TRAILER_BYTES) {
      throw new UnreadableException("it is too short for a Parquet file", null);
    }
    byte[] tail = tail(file, (int) Math.min(FIRST_GUESS, file.size()));
    if (!Arrays.equals(tail, tail.length - MAGIC.length, tail.length, MAGIC, 0, MAGIC.length)) {
      throw new UnreadableException("it does not end as a Parquet file does", null);
    }
    int length = LittleEndian.intAt(tail, tail.length - TRAILER_BYTES);
    if (length <= 0 || length > file.size() - TRAILER_BYTES || length > MAX_LENGTH) {
      throw new UnreadableException("its footer cannot have " + length + " bytes", null);
    }
    if (length > tail.length - TRAILER_BYTES) {
      tail = tail(file, length + TRAILER_BYTES);
    }
    int from = tail.length - TRAILER_BYTES - length;
    try {
      return Util.readFileMetaData(new ByteArrayInputStream(tail, from, length));
    } catch (IOException | RuntimeException e) {
      throw new UnreadableException("its footer cannot be read: " + e.getMessage(), e);
    }
  }

  private static byte[] tail(ObjectBytes file, int length) throws IOException {
    return file.read(file.size() - length, length);
  }
}
