package io.penstock.job.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Gathers a file's next part on disk instead of the heap, so that hundreds of files can be open. Of
 * one thread.
 */
final class SpilledParts extends OutputStream {
  /** As large as a part of an upload, which goes on its way when it is full. */
  private static final int PART_BYTES = 8 * 1024 * 1024;

  private static final int HELD_BYTES = 64 * 1024;

  private final Path spilled;
  private final OutputStream out;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private long spilledBytes;

  /**
   * @param spilled a file that does not exist and is nobody else's
   * @param out not closed
   */
  SpilledParts(Path spilled, OutputStream out) {
    this.spilled = spilled;
    this.out = out;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    held.write(bytes, from, count);
    if (held.size() >= HELD_BYTES) {
      spill();
    }
  }

  private void spill() throws IOException {
    try (OutputStream file =
        Files.newOutputStream(spilled, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      held.writeTo(file);
    }
    spilledBytes += held.size();
    held.reset();
    if (spilledBytes >= PART_BYTES) {
      forward();
    }
  }

  private void forward() throws IOException {
    if (spilledBytes > 0) {
      try (InputStream file = Files.newInputStream(spilled)) {
        file.transferTo(out);
      }
      discard();
    }
  }

  /** Hands on all that is left. */
  void finish() throws IOException {
    forward();
    held.writeTo(out);
    held.reset();
  }

  /** Leaves nothing on the disk. */
  void discard() throws IOException {
    Files.deleteIfExists(spilled);
    spilledBytes = 0;
  }
}
