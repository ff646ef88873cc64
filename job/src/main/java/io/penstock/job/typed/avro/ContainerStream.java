package io.penstock.job.typed.avro;

import io.penstock.job.compress.UnreadableException;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * The bytes of a container file on their way to Avro, which takes any end for the file's: every
 * block, and the header before them, ends in the same marker, and so must the file.
 */
final class ContainerStream extends FilterInputStream {
  private static final int MAGIC_BYTES = 4;
  private static final int MARKER_BYTES = 16;

  private final byte[] last = new byte[MARKER_BYTES];
  private ByteArrayOutputStream head = new ByteArrayOutputStream();
  private byte[] marker = {};
  private IOException failure;
  private long count;

  ContainerStream(InputStream in) {
    super(in);
  }

  /** Bytes that have passed. */
  long count() {
    return count;
  }

  /** What reading has met: Avro may say something else, or nothing. Null if nothing. */
  IOException failure() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read;
    try {
      read = in.read(target, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
    if (read > 0) {
      keepLast(target, offset, read);
      count += read;
      if (head != null) {
        head.write(target, offset, read);
      }
    }
    return read;
  }

  private void keepLast(byte[] bytes, int offset, int length) {
    int fresh = Math.min(length, MARKER_BYTES);
    System.arraycopy(last, fresh, last, 0, MARKER_BYTES - fresh);
    System.arraycopy(bytes, offset + length - fresh, last, MARKER_BYTES - fresh, fresh);
  }

  /** The header, and perhaps more, has been read. */
  void opened() throws IOException {
    byte[] bytes = head.toByteArray();
    head = null;
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(bytes, MAGIC_BYTES, bytes.length - MAGIC_BYTES, null);
    for (long left = decoder.readMapStart(); left > 0; left = decoder.mapNext()) {
      for (long i = 0; i < left; i++) {
        decoder.skipString();
        decoder.skipBytes();
      }
    }
    marker = new byte[MARKER_BYTES];
    decoder.readFixed(marker);
  }

  /** To be called when Avro has found no more blocks. */
  void checkEnd() throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (!Arrays.equals(last, marker)) {
      throw new UnreadableException("it ends within a block, at byte " + count, null);
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Of a buffer, from its position on. */
  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
