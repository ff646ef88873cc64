package io.penstock.job.parquet;

/** Ids of dictionary entries as two bytes each, and how a page holds them: runs and packed bits. */
final class DictionaryIds {
  private static final long LOW = 0xFFFF;

  /** Values packed together. */
  private static final int GROUP = 8;

  /** Below that, a run is not looked for. */
  private static final int MIN_RUN = 16;

  /** A run ends the packed values before it and begins others: about so many bits. */
  private static final int RUN_COST_BITS = 64;

  private DictionaryIds() {}

  /** Bits that every id of a dictionary of that size fits. */
  static int width(int dictionarySize) {
    return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(dictionarySize - 1));
  }

  /**
   * Appends the width and the ids.
   *
   * @param ids are not changed; up to a group of zeros is written behind them
   */
  static void encode(GrowingBytes ids, int width, GrowingBytes page) {
    int count = ids.size() / Short.BYTES;
    byte[] source = ids.reserve(GROUP * Short.BYTES);
    LittleEndian.putLong(source, ids.size(), 0);
    LittleEndian.putLong(source, ids.size() + Long.BYTES, 0);
    page.putByte(width);
    int at = 0;
    while (at < count) {
      int packedEnd = at;
      int run = 0;
      while (packedEnd < count && run == 0) {
        run = runAt(source, packedEnd, count, width);
        packedEnd += run == 0 ? GROUP : 0;
      }
      putPacked(source, at, packedEnd, width, page);
      if (run > 0) {
        putRun(LittleEndian.unsignedShort(source, packedEnd * Short.BYTES), run, width, page);
      }
      at = packedEnd + run;
    }
  }

  /** How many equal ids begin here; 0 if too few. */
  private static int runAt(byte[] ids, int at, int count, int width) {
    if (count - at < MIN_RUN) {
      return 0;
    }
    int offset = at * Short.BYTES;
    long four = LittleEndian.longAt(ids, offset);
    if (four != Long.rotateLeft(four, Short.SIZE)
        || four != LittleEndian.longAt(ids, offset + Long.BYTES)
        || four != LittleEndian.longAt(ids, offset + 2 * Long.BYTES)
        || four != LittleEndian.longAt(ids, offset + 3 * Long.BYTES)) {
      return 0;
    }
    int id = (int) (four & LOW);
    int end = at + MIN_RUN;
    while (end < count && LittleEndian.unsignedShort(ids, end * Short.BYTES) == id) {
      end++;
    }
    int run = end - at;
    return run * width >= RUN_COST_BITS ? run : 0;
  }

  private static void putRun(int id, int run, int width, GrowingBytes page) {
    page.putVarint(run << 1);
    page.putByte(id);
    if (width > Byte.SIZE) {
      page.putByte(id >>> Byte.SIZE);
    }
  }

  private static void putPacked(byte[] ids, int from, int to, int width, GrowingBytes page) {
    int groups = (to - from + GROUP - 1) / GROUP;
    if (groups == 0) {
      return;
    }
    page.putVarint((groups << 1) | 1);
    // The last words are written whole.
    byte[] target = page.reserve(groups * width + 2 * Long.BYTES);
    int out = page.size();
    int shift = 4 * width;
    for (int g = 0; g < groups; g++) {
      int in = (from + g * GROUP) * Short.BYTES;
      long low = packFour(LittleEndian.longAt(ids, in), width);
      long high = packFour(LittleEndian.longAt(ids, in + Long.BYTES), width);
      if (shift <= Integer.SIZE) {
        LittleEndian.putLong(target, out, low | (high << shift));
      } else if (shift == Long.SIZE) {
        LittleEndian.putLong(target, out, low);
        LittleEndian.putLong(target, out + Long.BYTES, high);
      } else {
        LittleEndian.putLong(target, out, low | (high << shift));
        LittleEndian.putLong(target, out + Long.BYTES, high >>> (Long.SIZE - shift));
      }
      out += width;
    }
    page.resize(out);
  }

  private static long packFour(long four, int width) {
    return (four & LOW)
        | (((four >>> 16) & LOW) << width)
        | (((four >>> 32) & LOW) << (2 * width))
        | ((four >>> 48) << (3 * width));
  }
}
