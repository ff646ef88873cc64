package io.penstock.job.decode;

import io.penstock.job.record.ByteSearch;
import io.penstock.spec.RecordFormat;

/**
 * Finds one record's fields and its end in one pass over its bytes, making no objects. What it
 * finds is what {@link CsvRecordDecoder} finds in the record's text; quotes left open and text
 * behind closing quotes are left to that. One for each thread.
 */
final class CsvSplitter {
  /** Not of the usual kind. */
  static final int UNKNOWN = -1;

  /** Equal to no byte. */
  private static final int NONE = Integer.MIN_VALUE;

  private static final long NEWLINES = ByteSearch.repeated('\n');

  private final int delimiter;
  private final int quote;
  private final boolean escaping;

  /** What makes the byte behind it ordinary: the escape character, in quotes else the quote. */
  private final int marker;

  private final long delimiters;
  private final long quotes;
  private final long markers;

  private int[] starts = {};
  private int[] ends = {};
  private boolean[] marked = {};
  private int count;
  private int lines;

  /** Of the field in hand. */
  private boolean markerSeen;

  /** Whether there may be several lines. */
  private boolean newlineSeen;

  private boolean isUtf8;

  CsvSplitter(RecordFormat.Csv format) {
    this.delimiter = format.delimiter();
    this.quote = format.quote().map(c -> (int) c).orElse(NONE);
    this.escaping = format.separateEscape().isPresent();
    this.marker = escaping ? format.separateEscape().get() : quote;
    this.delimiters = ByteSearch.repeated(delimiter);
    this.quotes = ByteSearch.repeated(quote);
    this.markers = ByteSearch.repeated(marker);
  }

  /** Only so many fields of a record are wanted; those behind them are passed over. */
  void want(int fields) {
    // One more, where fields that nobody wants overwrite each other.
    starts = new int[fields + 1];
    ends = new int[fields + 1];
    marked = new boolean[fields + 1];
  }

  /** Fields of the record, also those that are not wanted. */
  int count() {
    return count;
  }

  /** Lines of the record. */
  int lines() {
    return lines;
  }

  /** Where a wanted field's text begins, without its quote. */
  int start(int field) {
    return starts[field];
  }

  /** Behind a wanted field's text. */
  int end(int field) {
    return ends[field];
  }

  /** Whether bytes of a wanted field's text must be left out to understand it. */
  boolean isMarked(int field) {
    return marked[field];
  }

  /**
   * The byte in front of each that is to be taken as it is; the last of a text stands for itself.
   */
  int marker() {
    return marker;
  }

  /**
   * @return the index behind the record's line end, or {@code to}; {@link #UNKNOWN} if the record
   *     is not of the usual kind, or not UTF-8
   */
  int split(byte[] bytes, int from, int to) {
    int spare = starts.length - 1;
    int field = 0;
    int i = from;
    isUtf8 = true;
    newlineSeen = false;
    while (true) {
      markerSeen = false;
      boolean quoted = i < to && bytes[i] == quote;
      int start = quoted ? i + 1 : i;
      int end = quoted ? closingQuote(bytes, start, to) : plainEnd(bytes, start, to);
      int behind = quoted ? end + 1 : end;
      if (behind > to) {
        return UNKNOWN;
      }
      int slot = Math.min(field++, spare);
      starts[slot] = start;
      ends[slot] = end;
      marked[slot] = markerSeen;
      if (behind < to && bytes[behind] == delimiter) {
        i = behind + 1;
      } else {
        count = field;
        int next = quoted ? endOfRecord(bytes, behind, to) : lastField(bytes, slot, to);
        lines = newlineSeen ? ByteSearch.count(bytes, from, next, NEWLINES) : 1;
        return isUtf8 ? next : UNKNOWN;
      }
    }
  }

  /** Up to the delimiter or the line end; quotes are ordinary here. */
  private int plainEnd(byte[] bytes, int from, int to) {
    if (escaping) {
      return plainEndAmongEscapes(bytes, from, to);
    }
    long seen = 0;
    for (int i = from; i < to; i += Long.BYTES) {
      long word = ByteSearch.word(bytes, i);
      long marks =
          ByteSearch.lowestMarked(word, delimiters) | ByteSearch.lowestMarked(word, NEWLINES);
      if (marks != 0) {
        int end = Math.min(i + ByteSearch.place(marks), to);
        check(bytes, from, end, seen | (word & ByteSearch.belowLowest(marks)));
        return end;
      }
      seen |= word;
    }
    check(bytes, from, to, seen);
    return to;
  }

  private int plainEndAmongEscapes(byte[] bytes, int from, int to) {
    int i = from;
    while (true) {
      i = ByteSearch.first(bytes, i, to, delimiters, NEWLINES, markers);
      if (i >= to || bytes[i] != marker) {
        check(bytes, from, i, ByteSearch.HIGH_BITS);
        return i;
      }
      markerSeen = true;
      newlineSeen = true;
      i += 2;
    }
  }

  /** {@code to} if the quote is not closed. */
  private int closingQuote(byte[] bytes, int from, int to) {
    return escaping
        ? closingQuoteAmongEscapes(bytes, from, to)
        : closingQuoteAmongPairs(bytes, from, to);
  }

  private int closingQuoteAmongEscapes(byte[] bytes, int from, int to) {
    newlineSeen = true;
    int i = from;
    while (true) {
      i = ByteSearch.first(bytes, i, to, quotes, markers);
      if (i >= to || bytes[i] == quote) {
        check(bytes, from, i, ByteSearch.HIGH_BITS);
        return i;
      }
      markerSeen = true;
      i += 2;
    }
  }

  /** A quote alone closes, a pair does not; longer runs are looked at pair by pair. */
  private int closingQuoteAmongPairs(byte[] bytes, int from, int to) {
    long seen = 0;
    long newlines = 0;
    long pairs = 0;
    int i = from;
    while (i <= to - Long.BYTES) {
      long word = ByteSearch.word(bytes, i);
      long marks = ByteSearch.allMarked(word, quotes);
      long seconds = marks & (marks << Byte.SIZE);
      long firsts = marks & (marks >>> Byte.SIZE);
      if ((seconds & firsts) != 0) {
        break;
      }
      // The last byte is a quote whose fellow may be in the next word.
      long undecided = marks & ~seconds & Long.MIN_VALUE;
      long alone = marks & ~seconds & ~firsts & ~undecided;
      long before = ByteSearch.belowLowest(alone);
      seen |= word & before;
      newlines |= ByteSearch.lowestMarked(word, NEWLINES) & before;
      pairs |= seconds & before;
      if (alone != 0) {
        return closed(bytes, from, i + ByteSearch.place(alone), seen, newlines, pairs);
      }
      i += Long.BYTES - (int) (undecided >>> 63);
    }
    return closingQuoteStepByStep(bytes, from, i, to);
  }

  private int closed(byte[] bytes, int from, int end, long seen, long newlines, long pairs) {
    markerSeen = pairs != 0;
    newlineSeen |= newlines != 0;
    check(bytes, from, end, seen);
    return end;
  }

  /**
   * @param begin of what is left of the field's text; not inside a pair
   */
  private int closingQuoteStepByStep(byte[] bytes, int from, int begin, int to) {
    int i = ByteSearch.first(bytes, begin, to, quotes);
    while (i + 1 < to && bytes[i + 1] == quote) {
      i = ByteSearch.first(bytes, i + 2, to, quotes);
    }
    return closed(bytes, from, i, ByteSearch.HIGH_BITS, 1, 1);
  }

  /**
   * @param seen all bits of the field's bytes, or more
   */
  private void check(byte[] bytes, int from, int end, long seen) {
    isUtf8 &= (seen & ByteSearch.HIGH_BITS) == 0 || Utf8.isValid(bytes, from, end);
  }

  private int endOfRecord(byte[] bytes, int from, int to) {
    int i = from;
    if (i < to && bytes[i] == '\r') {
      i++;
    }
    if (i < to) {
      return bytes[i] == '\n' ? i + 1 : UNKNOWN;
    }
    return to;
  }

  /** The line end is not part of it, nor of any record, were it escaped or not. */
  private int lastField(byte[] bytes, int slot, int to) {
    int end = ends[slot];
    int next = end < to ? end + 1 : to;
    if (end == to && end > starts[slot] && bytes[end - 1] == '\n') {
      end--;
    }
    if (end > starts[slot] && bytes[end - 1] == '\r') {
      end--;
    }
    ends[slot] = end;
    return next;
  }
}
