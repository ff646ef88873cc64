package io.penstock.job.decode;

import java.util.Arrays;

/** A top-level key of JSON records, as its bytes are met, and the columns that want its values. */
final class JsonKey {
  private static final ColumnReader[] NO_READERS = {};

  /** Bytes of the name and the quote behind it. */
  final int length;

  private final long firstMask;
  private final long first;
  private final long secondMask;
  private final long second;
  private final byte[] rest;
  private final ColumnReader[] readers;

  /** If there is just one reader; null otherwise. */
  private final ColumnReader only;

  /** The key that came behind this one the last time; probably it does so again. */
  JsonKey next;

  /** The last record that had the key. */
  int seenIn;

  /** Stands for keys that are not known: never found anywhere. */
  JsonKey() {
    this.length = 0;
    this.firstMask = 0;
    // With nothing left by the mask, a word cannot be equal to this.
    this.first = 1;
    this.secondMask = 0;
    this.second = 0;
    this.rest = new byte[0];
    this.readers = NO_READERS;
    this.only = null;
    this.next = this;
  }

  /**
   * @param name UTF-8, of characters that need no escape
   * @param next as long as it is not known
   */
  JsonKey(byte[] name, ColumnReader[] readers, JsonKey next) {
    byte[] quoted = Arrays.copyOf(name, name.length + 1);
    quoted[name.length] = '"';
    byte[] words = Arrays.copyOf(quoted, Math.max(quoted.length, 2 * Long.BYTES));
    this.length = quoted.length;
    this.firstMask = Words.mask(Math.min(length, Long.BYTES));
    this.first = Words.at(words, 0) & firstMask;
    this.secondMask = Words.mask(Math.max(0, Math.min(length, 2 * Long.BYTES) - Long.BYTES));
    this.second = Words.at(words, Long.BYTES) & secondMask;
    this.rest =
        length <= 2 * Long.BYTES ? new byte[0] : Arrays.copyOfRange(quoted, 2 * Long.BYTES, length);
    this.readers = readers;
    this.only = readers.length == 1 ? readers[0] : null;
    this.next = next;
  }

  /** Whether the name and its closing quote are at {@code index}. */
  boolean isAt(byte[] bytes, int index) {
    return (Words.at(bytes, index) & firstMask) == first
        && (Words.at(bytes, index + Long.BYTES) & secondMask) == second
        && (rest.length == 0 || restIsAt(bytes, index + 2 * Long.BYTES));
  }

  private boolean restIsAt(byte[] bytes, int index) {
    int end = index + rest.length;
    return end <= bytes.length && Arrays.equals(bytes, index, end, rest, 0, rest.length);
  }

  boolean isWanted() {
    return readers.length > 0;
  }

  /** As {@link ColumnReader#read}, of all columns that want the value. */
  boolean read(FieldKind kind, byte[] bytes, int from, int to, int row) {
    if (only != null) {
      return only.read(kind, bytes, from, to, row);
    }
    for (ColumnReader reader : readers) {
      if (!reader.read(kind, bytes, from, to, row)) {
        return false;
      }
    }
    return true;
  }

  boolean hasDefault() {
    return Arrays.stream(readers).anyMatch(ColumnReader::hasDefault);
  }

  void absent(int row) {
    for (ColumnReader reader : readers) {
      reader.absent(row);
    }
  }
}
