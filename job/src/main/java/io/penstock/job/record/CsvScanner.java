package io.penstock.job.record;

import io.penstock.spec.RecordFormat;
import java.util.Optional;

/** A record ends with a line end outside quotes; a quote opens only at a field's beginning. */
final class CsvScanner implements RecordScanner {
  /** Equal to no byte. */
  private static final int NONE = Integer.MIN_VALUE;

  private static final long NEWLINES = ByteSearch.repeated('\n');

  private final RecordScanner lines = new Lines();
  private final int delimiter;
  private final int quote;
  private final int escape;
  private final int comment;
  private final long quotes;
  private final long escapes;

  /** Where nothing but quotes keeps a line end from ending a record. */
  private final Optional<RegularQuotes> regular;

  CsvScanner(RecordFormat.Csv format) {
    this.delimiter = format.delimiter();
    this.quote = format.quote().map(c -> (int) c).orElse(NONE);
    this.escape = format.separateEscape().map(c -> (int) c).orElse(NONE);
    this.comment = format.comment().map(c -> (int) c).orElse(NONE);
    // A search for the same byte twice needs no case of its own for what is absent.
    long absent = escape == NONE ? NEWLINES : ByteSearch.repeated(escape);
    this.quotes = quote == NONE ? absent : ByteSearch.repeated(quote);
    this.escapes = escape == NONE ? quotes : ByteSearch.repeated(escape);
    this.regular =
        escape == NONE && comment == NONE
            ? format.quote().map(c -> new RegularQuotes(format.delimiter(), c))
            : Optional.empty();
  }

  @Override
  public int endOfRecord(byte[] bytes, int from, int to) {
    if (from < to && bytes[from] == comment) {
      return lines.endOfRecord(bytes, from, to);
    }
    int escaped = from;
    int i = from;
    while (true) {
      i = ByteSearch.first(bytes, i, to, NEWLINES, quotes, escapes);
      if (i >= to) {
        return -1;
      }
      byte b = bytes[i];
      if (b == '\n') {
        return i + 1;
      }
      if (b == escape) {
        i += 2;
        escaped = i;
      } else if (i == from || (bytes[i - 1] == delimiter && i != escaped)) {
        i = behindQuotes(bytes, i + 1, to);
      } else {
        i++;
      }
    }
  }

  /** Behind the closing quote, or not before {@code to}. */
  private int behindQuotes(byte[] bytes, int from, int to) {
    int i = from;
    while (true) {
      i = ByteSearch.first(bytes, i, to, quotes, escapes);
      if (i >= to) {
        return to;
      }
      boolean doubled = escape == NONE && i + 1 < to && bytes[i + 1] == quote;
      if (!doubled && bytes[i] == quote) {
        return i + 1;
      }
      i += 2;
    }
  }

  /** Up to the first quote or escape character every line end ends a record. */
  @Override
  public int endOfLastRecord(byte[] bytes, int from, int to) {
    int special =
        quote == NONE && escape == NONE ? to : ByteSearch.first(bytes, from, to, quotes, escapes);
    int last = lines.endOfLastRecord(bytes, from, special);
    if (special == to) {
      return last;
    }
    int begin = last < 0 ? from : last;
    int rest =
        regular.isPresent()
            ? regular.get().endOfLastRecord(bytes, begin, to)
            : RegularQuotes.UNKNOWN;
    if (rest == RegularQuotes.UNKNOWN) {
      rest = RecordScanner.super.endOfLastRecord(bytes, begin, to);
    }
    return rest < 0 ? last : rest;
  }
}
