package io.penstock.job.decode;

import java.time.LocalDate;
import java.time.Month;
import java.time.Year;

/**
 * A time in the parts it is written in. Parts that are not given are year 0, January 1, 00:00, UTC.
 * Used again and again; remembers the last date.
 */
final class CivilTime {
  private static final int NOT_GIVEN = -1;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final long MICROS_PER_SECOND = 1_000_000;

  private int year;
  private int month;
  private int day;
  private int dayOfYear;
  private int hour;
  private int minute;
  private int second;
  private int nanos;
  private boolean forenoon;
  private boolean afternoon;
  private int offsetSeconds;

  private long lastDate = -1;
  private long lastEpochDay;

  void clear() {
    year = 0;
    month = NOT_GIVEN;
    day = NOT_GIVEN;
    dayOfYear = NOT_GIVEN;
    hour = 0;
    minute = 0;
    second = 0;
    nanos = 0;
    forenoon = false;
    afternoon = false;
    offsetSeconds = 0;
  }

  /** Any; false, as of the methods below, if it is negative. */
  boolean takeYear(int value) {
    year = value;
    return value >= 0;
  }

  /** From 1. */
  boolean takeMonth(int value) {
    month = value;
    return value > 0;
  }

  /** From 1. */
  boolean takeDay(int value) {
    day = value;
    return value > 0;
  }

  /** From 1. */
  boolean takeDayOfYear(int value) {
    dayOfYear = value;
    return value > 0;
  }

  boolean takeHour(int value) {
    hour = value;
    return value >= 0;
  }

  boolean takeMinute(int value) {
    minute = value;
    return value >= 0;
  }

  boolean takeSecond(int value) {
    second = value;
    return value >= 0;
  }

  /** Of the second. */
  boolean takeNanos(int value) {
    nanos = value;
    return value >= 0;
  }

  /** Which half of the day it is that hours up to 12 are of. */
  void takeHalf(boolean isAfternoon) {
    afternoon = isAfternoon;
    forenoon = !isAfternoon;
  }

  /**
   * @param seconds east of UTC
   * @return false if it is {@link ZoneOffsets#NONE}
   */
  boolean takeOffset(int seconds) {
    offsetSeconds = seconds;
    return seconds != ZoneOffsets.NONE;
  }

  /** Since the epoch, cut off downwards; {@link TimeParser#UNKNOWN} if there is no such time. */
  long micros() {
    if (hour > 23 || minute > 59 || second > 59 || !resolveDayOfYear()) {
      return TimeParser.UNKNOWN;
    }
    int hours = afternoon && hour < 12 ? hour + 12 : forenoon && hour == 12 ? 0 : hour;
    long epochDay = epochDay(month == NOT_GIVEN ? 1 : month, day == NOT_GIVEN ? 1 : day);
    if (epochDay == TimeParser.UNKNOWN) {
      return TimeParser.UNKNOWN;
    }
    long seconds = epochDay * SECONDS_PER_DAY + (hours * 60L + minute) * 60 + second;
    return (seconds - offsetSeconds) * MICROS_PER_SECOND + nanos / 1000;
  }

  private long epochDay(int ofMonth, int ofDay) {
    long date = (year * 100L + ofMonth) * 100 + ofDay;
    if (date == lastDate) {
      return lastEpochDay;
    }
    if (ofMonth < 1
        || ofMonth > 12
        || ofDay < 1
        || ofDay > Month.of(ofMonth).length(Year.isLeap(year))) {
      return TimeParser.UNKNOWN;
    }
    lastEpochDay = LocalDate.of(year, ofMonth, ofDay).toEpochDay();
    lastDate = date;
    return lastEpochDay;
  }

  /** Month and day, where they are given too, must be those of the day of the year. */
  private boolean resolveDayOfYear() {
    if (dayOfYear == NOT_GIVEN) {
      return true;
    }
    if (dayOfYear < 1 || dayOfYear > Year.of(year).length()) {
      return false;
    }
    LocalDate date = LocalDate.ofYearDay(year, dayOfYear);
    boolean agrees =
        (month == NOT_GIVEN || month == date.getMonthValue())
            && (day == NOT_GIVEN || day == date.getDayOfMonth());
    month = date.getMonthValue();
    day = date.getDayOfMonth();
    return agrees;
  }
}
