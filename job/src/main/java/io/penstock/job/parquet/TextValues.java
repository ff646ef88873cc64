package io.penstock.job.parquet;

import org.apache.parquet.format.Encoding;

/**
 * Text and JSON. They go into a dictionary until it is full or does not pay; then they are written
 * as they are, each with its length before it.
 */
final class TextValues implements ColumnValues {
  private final TextDictionary dictionary;
  private final GrowingBytes ids;
  private final GrowingBytes plain;
  private final TextRange range = new TextRange();
  private final TextRange fileRange = new TextRange();
  private boolean byDictionary = true;
  private boolean dictionaryUsed;

  /** Of the row group, while there is a dictionary. */
  private long values;

  /** What they would take without the dictionary. */
  private long plainBytes;

  TextValues(FileBuffers buffers, Workspace workspace) {
    this.dictionary = new TextDictionary(buffers, workspace, range);
    this.ids = new GrowingBytes(buffers);
    this.plain = new GrowingBytes(buffers);
  }

  @Override
  public int append(ColumnArrays arrays, int[] rows, int count) {
    int next = 0;
    while (byDictionary) {
      next = appendIds(arrays, rows, next, count);
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
    return ids.size() > 0 ? next : appendPlain(arrays, rows, next, count);
  }

  /** Until one is not in the dictionary any more. */
  private int appendIds(ColumnArrays arrays, int[] rows, int from, int to) {
    int next = from;
    while (next < to) {
      int end = arrays.endOfRun(rows, next, to);
      int reached =
          arrays.isKnown(rows[next])
              ? dictionary.appendIdsOfKnown(arrays, rows, next, end, ids)
              : dictionary.appendIds(arrays, rows, next, end, ids);
      count(arrays.lengths, rows, next, reached);
      next = reached;
      if (reached < end) {
        break;
      }
    }
    return next;
  }

  private void count(int[] lengths, int[] rows, int from, int to) {
    long size = 0;
    for (int i = from; i < to; i++) {
      size += Integer.BYTES + lengths[rows[i]];
    }
    values += to - from;
    plainBytes += size;
  }

  /** Until one does not fit the page any more. */
  private int appendPlain(ColumnArrays arrays, int[] rows, int from, int to) {
    int next = from;
    while (next < to) {
      int end = arrays.endOfRun(rows, next, to);
      byte[] text = arrays.isKnown(rows[next]) ? arrays.knownText : arrays.text;
      int reached = appendPlain(text, arrays, rows, next, end);
      next = reached;
      if (reached < end) {
        break;
      }
    }
    return next;
  }

  private int appendPlain(byte[] text, ColumnArrays arrays, int[] rows, int from, int to) {
    int[] starts = arrays.starts;
    int[] lengths = arrays.lengths;
    leaveHeadroom();
    byte[] page = plain.bytes();
    int at = plain.size();
    int next = from;
    while (next < to) {
      int start = starts[rows[next]];
      int length = lengths[rows[next]];
      int end = at + Integer.BYTES + length;
      if (at > PageBytes.HEADROOM && (end < 0 || end > ColumnEncoder.PAGE_BYTES)) {
        break;
      }
      if (end > page.length || end < 0) {
        plain.resize(at);
        page = plain.reserve(Integer.BYTES + length);
      }
      LittleEndian.putInt(page, at, length);
      ByteWords.copy(text, start, page, at + Integer.BYTES, length);
      range.add(text, start, length);
      at = end;
      next++;
    }
    plain.resize(at);
    return next;
  }

  private void leaveHeadroom() {
    if (plain.size() == 0) {
      plain.reserve(PageBytes.HEADROOM);
      plain.resize(PageBytes.HEADROOM);
    }
  }

  private boolean pays() {
    return DictionaryLimits.pays(
        dictionary.size(), dictionary.entries().size(), values, plainBytes);
  }

  /** The page has been held as ids, and no page before it is. */
  private void turnPlain() {
    leaveHeadroom();
    dictionary.copyTo(ids, plain);
    ids.release();
    dictionary.clear();
  }

  @Override
  public PageBytes endPage(GrowingBytes levels) {
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

  @Override
  public int dictionarySize() {
    return dictionaryUsed ? dictionary.size() : 0;
  }

  @Override
  public GrowingBytes dictionary() {
    return dictionary.entries();
  }

  @Override
  public long encodedBytes() {
    return (long) dictionary.entries().size() + ids.size() + plain.size();
  }

  @Override
  public ValueRange range() {
    return range;
  }

  @Override
  public ValueRange fileRange() {
    return fileRange;
  }

  @Override
  public void endRowGroup() {
    fileRange.add(range);
    range.clear();
    dictionary.clear();
    ids.release();
    plain.release();
    byDictionary = true;
    dictionaryUsed = false;
    values = 0;
    plainBytes = 0;
  }
}
