package io.penstock.job.compress;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/**
 * The files of a ZIP archive, one behind another in the archive's order, each with a line end at
 * its end, and all but the first without their first lines. An archive without its directory, or
 * with another number of entries than that says, is damaged.
 */
final class ZipStream extends InputStream {
  private final Tail tail;
  private final ZipArchiveInputStream archive;
  private final Codec.Files files;
  private InputStream file;
  private boolean ended;
  private boolean lineOpen;
  private int entries;
  private boolean begun;
  private int linesToSkip;

  ZipStream(InputStream stored, Codec.Files files) {
    this.files = files;
    this.tail = new Tail(stored);
    this.archive = new ZipArchiveInputStream(tail, StandardCharsets.UTF_8.name(), true, true);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      int count = file == null ? -1 : file.read(target, offset, length);
      if (count > 0) {
        int kept = linesToSkip > 0 ? withoutHead(target, offset, count) : count;
        if (kept > 0) {
          begun = true;
          lineOpen = target[offset + kept - 1] != '\n';
          return kept;
        }
        continue;
      }
      if (lineOpen) {
        lineOpen = false;
        closeFile();
        target[offset] = '\n';
        return 1;
      }
      next();
    }
    return -1;
  }

  /** Returns how many bytes are left, which are at the beginning then. */
  private int withoutHead(byte[] target, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      if (target[i] == '\n' && --linesToSkip == 0) {
        int kept = offset + count - i - 1;
        System.arraycopy(target, i + 1, target, offset, kept);
        return kept;
      }
    }
    return 0;
  }

  private void next() throws IOException {
    closeFile();
    ZipArchiveEntry entry;
    try {
      entry = archive.getNextEntry();
    } catch (ZipException e) {
      // What is cut off in a header looks like another format.
      throw tail.ended ? new EOFException("unexpected end") : e;
    }
    if (entry == null) {
      ended = true;
      tail.checkDirectory(entries);
      return;
    }
    entries++;
    if (!archive.canReadEntryData(entry)) {
      throw new ZipException(
          "its entry %s is encrypted or compressed in a way that cannot be read"
              .formatted(entry.getName()));
    }
    if (!entry.isDirectory()) {
      file = files.opening().open(new Entry(archive));
    }
    linesToSkip = begun ? files.headLines() : 0;
  }

  private void closeFile() throws IOException {
    if (file != null) {
      InputStream closing = file;
      file = null;
      closing.close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      closeFile();
    } finally {
      archive.close();
    }
  }

  /** What the archive gives until it is asked for its next entry. */
  private static final class Entry extends FilterInputStream {
    Entry(InputStream archive) {
      super(archive);
    }

    /** The archive goes on. */
    @Override
    public void close() {
      // Nothing is this entry's own.
    }
  }

  /** Remembers the last bytes that were read, where the archive's directory ends. */
  private static final class Tail extends InputStream {
    private static final int DIRECTORY_END_BYTES = 22;
    private static final int COUNT_OFFSET = 10;
    private static final int MANY = 0xffff;

    /** With the longest comment. */
    private static final int KEPT_BYTES = DIRECTORY_END_BYTES + MANY;

    private final InputStream stored;
    private final byte[] kept = new byte[2 * KEPT_BYTES];
    private int length;
    private boolean ended;

    Tail(InputStream stored) {
      this.stored = stored;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int wanted) throws IOException {
      int count = stored.read(target, offset, Math.min(wanted, KEPT_BYTES));
      if (count > 0) {
        if (length + count > kept.length) {
          int rest = KEPT_BYTES - count;
          System.arraycopy(kept, length - rest, kept, 0, rest);
          length = rest;
        }
        System.arraycopy(target, offset, kept, length, count);
        length += count;
      }
      ended |= count < 0;
      return count;
    }

    @Override
    public int available() throws IOException {
      return stored.available();
    }

    /** Reads to the end, and finds the end of the directory there. */
    void checkDirectory(int entries) throws IOException {
      byte[] rest = new byte[KEPT_BYTES];
      while (read(rest, 0, rest.length) >= 0) {
        // It is kept.
      }
      for (int at = length - DIRECTORY_END_BYTES; at >= 0; at--) {
        if (isDirectoryEnd(at)) {
          int count = number(at + COUNT_OFFSET);
          if (count != MANY && count != entries) {
            throw new ZipException(
                "its directory names %d entries, but it has %d".formatted(count, entries));
          }
          return;
        }
      }
      throw new EOFException("unexpected end");
    }

    private boolean isDirectoryEnd(int at) {
      return kept[at] == 'P' && kept[at + 1] == 'K' && kept[at + 2] == 5 && kept[at + 3] == 6;
    }

    private int number(int at) {
      return (kept[at] & 0xff) | ((kept[at + 1] & 0xff) << Byte.SIZE);
    }

    @Override
    public void close() throws IOException {
      stored.close();
    }
  }
}
