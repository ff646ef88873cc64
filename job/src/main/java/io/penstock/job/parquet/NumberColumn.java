package io.penstock.job.parquet;

import org.apache.parquet.format.Encoding;

/**
 * Numbers of four or eight bytes by their bits. They go into a dictionary until it is full or does
 * not pay; then they are written as they are. Unsigned ones are written as decimals.
 */
final class NumberColumn {
  private final int width;
  private final boolean unsigned;
  private final NumberDictionary dictionary;
  private final GrowingBytes ids;
  private final GrowingBytes plain;
  private boolean byDictionary = true;
  private boolean dictionaryUsed;

  /** Of the row group, while there is a dictionary. */
  private long values;

  /**
   * @param width in bytes, 4 or 8
   */
  NumberColumn(FileBuffers buffers, Workspace workspace, int width) {
    this(buffers, workspace, width, false);
  }

  static NumberColumn unsigned(FileBuffers buffers, Workspace workspace) {
    return new NumberColumn(buffers, workspace, UnsignedDecimal.BYTES, true);
  }

  private NumberColumn(FileBuffers buffers, Workspace workspace, int width, boolean unsigned) {
    this.width = width;
    this.unsigned = unsigned;
    this.dictionary = new NumberDictionary(buffers, workspace, unsigned ? Long.BYTES : width);
    this.ids = new GrowingBytes(buffers);
    this.plain = new GrowingBytes(buffers);
  }

  /**
   * @return how many were taken; the page must end before the others
   */
  int append(long[] numbers, int count) {
    int next = 0;
    while (byDictionary) {
      next = appendIds(numbers, next, count);
      if (next == count) {
        return count;
      }
      if (!(pays() && dictionary.raiseLimit())) {
        byDictionary = false;
        if (dictionaryUsed || pays()) {
          return next;
        }
        turnPlain();
      }
    }
    if (ids.size() > 0) {
      return next;
    }
    appendPlain(numbers, next, count);
    return count;
  }

  /** Until one is not in the dictionary any more. */
  private int appendIds(long[] numbers, int from, int to) {
    int next = dictionary.appendIds(numbers, from, to, ids);
    values += next - from;
    return next;
  }

  private void appendPlain(long[] numbers, int from, int to) {
    leaveHeadroom();
    byte[] bytes = plain.reserve((to - from) * width);
    int at = plain.size();
    if (unsigned) {
      for (int i = from; i < to; i++) {
        UnsignedDecimal.put(bytes, at, numbers[i]);
        at += UnsignedDecimal.BYTES;
      }
    } else if (width == Long.BYTES) {
      for (int i = from; i < to; i++) {
        LittleEndian.putLong(bytes, at, numbers[i]);
        at += Long.BYTES;
      }
    } else {
      for (int i = from; i < to; i++) {
        LittleEndian.putInt(bytes, at, (int) numbers[i]);
        at += Integer.BYTES;
      }
    }
    plain.resize(at);
  }

  private void leaveHeadroom() {
    if (plain.size() == 0) {
      plain.reserve(PageBytes.HEADROOM);
      plain.resize(PageBytes.HEADROOM);
    }
  }

  private boolean pays() {
    return DictionaryLimits.pays(
        dictionary.size(), dictionary.entries().size(), values, values * width);
  }

  /** The page has been held as ids, and no page before it is. */
  private void turnPlain() {
    int count = ids.size() / Short.BYTES;
    leaveHeadroom();
    int begin = plain.size();
    byte[] bytes = plain.reserve(count * width + Long.BYTES);
    for (int i = 0; i < count; i++) {
      long value = dictionary.valueOf(LittleEndian.unsignedShort(ids.bytes(), i * Short.BYTES));
      if (unsigned) {
        UnsignedDecimal.put(bytes, begin + i * width, value);
      } else {
        LittleEndian.putLong(bytes, begin + i * width, value);
      }
    }
    plain.resize(begin + count * width);
    ids.release();
    dictionary.clear();
  }

  PageBytes endPage(GrowingBytes levels) {
    if (ids.size() > 0 && !dictionaryUsed && !pays()) {
      byDictionary = false;
      turnPlain();
    }
    if (ids.size() > 0) {
      dictionaryUsed = true;
      DictionaryIds.encode(ids, DictionaryIds.width(dictionary.size()), levels);
      ids.resize(0);
      return PageBytes.of(levels, Encoding.PLAIN_DICTIONARY);
    }
    PageBytes page = PageBytes.plain(levels, plain);
    plain.resize(0);
    return page;
  }

  int dictionarySize() {
    return dictionaryUsed ? dictionary.size() : 0;
  }

  /** When no page is open. */
  GrowingBytes dictionary() {
    if (!unsigned) {
      return dictionary.entries();
    }
    plain.resize(0);
    byte[] bytes = plain.reserve(dictionary.size() * width);
    for (int id = 0; id < dictionary.size(); id++) {
      UnsignedDecimal.put(bytes, id * width, dictionary.valueOf(id));
    }
    plain.resize(dictionary.size() * width);
    return plain;
  }

  long encodedBytes() {
    return (long) dictionary.entries().size() + ids.size() + plain.size();
  }

  void endRowGroup() {
    dictionary.clear();
    ids.release();
    plain.release();
    byDictionary = true;
    dictionaryUsed = false;
    values = 0;
  }
}
