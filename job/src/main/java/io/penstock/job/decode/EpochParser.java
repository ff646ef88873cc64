package io.penstock.job.decode;

import io.penstock.spec.TimeFormat;

/** A number of units since the epoch, in digits with or without a point. */
final class EpochParser implements TimeParser {
  private static final int MAX_DIGITS = 18;
  private static final int MAX_LENGTH = 40;

  private final long microsPerUnit;
  private final long unitsPerMicro;
  private final int fractionDigits;
  private final long maxUnits;

  EpochParser(TimeFormat.EpochUnit unit) {
    this.fractionDigits =
        switch (unit) {
          case SECONDS -> 6;
          case CENTISECONDS -> 4;
          case MILLISECONDS -> 3;
          case MICROSECONDS, NANOSECONDS -> 0;
        };
    this.microsPerUnit = (long) Math.pow(10, fractionDigits);
    this.unitsPerMicro = unit == TimeFormat.EpochUnit.NANOSECONDS ? 1000 : 1;
    this.maxUnits = Long.MAX_VALUE / microsPerUnit - 1;
  }

  @Override
  public long micros(byte[] bytes, int from, int to) {
    boolean negative = from < to && bytes[from] == '-';
    int begin = negative ? from + 1 : from;
    int point = begin;
    while (point < to && bytes[point] != '.') {
      point++;
    }
    long units = Digits.number(bytes, begin, point);
    if (units < 0 || units > maxUnits || to - from > MAX_LENGTH) {
      return UNKNOWN;
    }
    if (point == to) {
      units = negative ? -units : units;
      return TimeParser.inRange(Math.floorDiv(units * microsPerUnit, unitsPerMicro));
    }
    long fraction = negative ? Digits.UNKNOWN : fraction(bytes, point + 1, to);
    return fraction < 0
        ? UNKNOWN
        : TimeParser.inRange((units * microsPerUnit + fraction) / unitsPerMicro);
  }

  /** What of it counts, in microseconds; the rest must be digits. */
  private long fraction(byte[] bytes, int from, int to) {
    int count = to - from;
    if (count < 1 || count > MAX_DIGITS || Digits.number(bytes, from, to) < 0) {
      return Digits.UNKNOWN;
    }
    int used = Math.min(count, fractionDigits);
    long micros = used == 0 ? 0 : Digits.upToEight(bytes, from, used);
    for (int i = used; i < fractionDigits; i++) {
      micros *= 10;
    }
    return micros;
  }
}
