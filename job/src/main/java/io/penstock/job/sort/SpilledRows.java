package io.penstock.job.sort;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Rows in order, in a temporary file, which is deleted when it is closed. */
final class SpilledRows implements Closeable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path file;
  private final long rows;

  private SpilledRows(Path file, long rows) {
    this.file = file;
    this.rows = rows;
  }

  static SpilledRows of(RowArena arena) throws IOException {
    Path file = Files.createTempFile("penstock-rows-", ".tmp");
    SpilledRows spilled = new SpilledRows(file, arena.count());
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
      for (int i = 0; i < arena.count(); i++) {
        int at = arena.at(i);
        out.write(arena.bytes(), at, RowLayout.length(arena.bytes(), at));
      }
    } catch (IOException e) {
      spilled.close();
      throw e;
    }
    return spilled;
  }

  Reader read() throws IOException {
    return new Reader(
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)),
        rows);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }

  /** Its rows, one after another. */
  static final class Reader implements OrderedRows, Closeable {
    private final DataInputStream in;
    private byte[] row = new byte[256];
    private long left;

    private Reader(DataInputStream in, long rows) {
      this.in = in;
      this.left = rows;
    }

    @Override
    public boolean next() throws IOException {
      if (left == 0) {
        return false;
      }
      left--;
      int length = in.readInt();
      if (row.length < RowLayout.LENGTH_BYTES + length) {
        row = new byte[2 * (RowLayout.LENGTH_BYTES + length)];
      }
      RowBytes.putInt(row, 0, length);
      in.readFully(row, RowLayout.LENGTH_BYTES, length);
      return true;
    }

    @Override
    public byte[] bytes() {
      return row;
    }

    @Override
    public int at() {
      return 0;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
