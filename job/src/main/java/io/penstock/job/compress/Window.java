package io.penstock.job.compress;

/** What has been decoded: not yet taken, and as far back as deflate may refer to. */
final class Window {
  private static final int HISTORY = 32 * 1024;
  private static final int BATCH = 256 * 1024;

  /** The longest match, and what copying whole words may write behind it. */
  private static final int SLACK = DeflateSymbols.MAX_LENGTH + 3 * Long.BYTES;

  final byte[] bytes = new byte[HISTORY + BATCH + SLACK];

  /** Behind what has been decoded. */
  int end;

  /** What was decoded before is another member's. */
  int begin;

  private int taken;

  /** A symbol may be decoded while the end is not behind it. */
  int limit() {
    return bytes.length - SLACK;
  }

  /** What has not been taken is dropped, and nothing before can be referred to. */
  void beginMember() {
    begin = end;
    taken = end;
  }

  int untaken() {
    return end - taken;
  }

  int take(byte[] target, int offset, int length) {
    int count = Math.min(length, untaken());
    System.arraycopy(bytes, taken, target, offset, count);
    taken += count;
    return count;
  }

  /** Makes room, if there is little; all has been taken. */
  void slide() {
    if (end < HISTORY + BATCH / 2) {
      return;
    }
    int dropped = end - HISTORY;
    System.arraycopy(bytes, dropped, bytes, 0, HISTORY);
    begin = Math.max(0, begin - dropped);
    end = HISTORY;
    taken = end;
  }
}
