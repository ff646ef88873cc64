package io.penstock.job.parquet;

/** Bytes that are appended to, in a buffer that doubles. Holds no buffer until it is used. */
final class GrowingBytes {
  private static final byte[] NONE = new byte[0];

  private final FileBuffers buffers;
  private byte[] bytes = NONE;
  private int size;

  GrowingBytes(FileBuffers buffers) {
    this.buffers = buffers;
  }

  /**
   * Room for {@code more} bytes behind {@link #size}. What is written there counts after {@link
   * #resize}.
   *
   * @throws IllegalStateException if they do not fit an array
   */
  byte[] reserve(int more) {
    if (bytes.length - size < more) {
      grow(more);
    }
    return bytes;
  }

  private void grow(int more) {
    long needed = (long) size + more;
    if (needed > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException("a page of %d bytes cannot be written".formatted(needed));
    }
    byte[] larger = buffers.take((int) needed);
    System.arraycopy(bytes, 0, larger, 0, size);
    giveBack();
    bytes = larger;
  }

  void resize(int newSize) {
    size = newSize;
  }

  int size() {
    return size;
  }

  byte[] bytes() {
    return bytes;
  }

  void putByte(int value) {
    reserve(1)[size++] = (byte) value;
  }

  void putShort(int value) {
    LittleEndian.putShort(reserve(Short.BYTES), size, value);
    size += Short.BYTES;
  }

  /** Seven bits a byte, the lowest first. */
  void putVarint(int value) {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      putByte(rest | 0x80);
      rest >>>= 7;
    }
    putByte(rest);
  }

  void put(byte[] source, int from, int count) {
    System.arraycopy(source, from, reserve(count), size, count);
    size += count;
  }

  void put(GrowingBytes source) {
    put(source.bytes, 0, source.size);
  }

  /** Empty, and without a buffer. */
  void release() {
    giveBack();
    bytes = NONE;
    size = 0;
  }

  private void giveBack() {
    if (bytes.length > 0) {
      buffers.give(bytes);
    }
  }
}
