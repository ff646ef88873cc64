package io.penstock.job.decode;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.penstock.spec.Check;
import io.penstock.spec.TimeFormat;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads a time from the named groups of an expression that finds it. */
final class GroupedTime {
  /** Instead of a number that is none. */
  private static final int NOTHING = Integer.MIN_VALUE;

  private static final int MAX_PART_DIGITS = 9;
  private static final int LAST_YEAR = 9999;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Pattern pattern;
  private final Map<String, Integer> groups;
  private final CivilTime time = new CivilTime();

  /**
   * @throws com.google.re2j.PatternSyntaxException if it is no RE2 expression
   * @throws IllegalArgumentException if its program is too large
   */
  GroupedTime(String expression) {
    this.pattern = Pattern.compile(expression);
    Check.that(
        pattern.programSize() <= TimeFormat.Groups.MAX_PROGRAM_SIZE,
        "the program of %s must have at most %d instructions",
        expression,
        TimeFormat.Groups.MAX_PROGRAM_SIZE);
    this.groups = pattern.namedGroups();
  }

  /** Microseconds since the epoch, from year 0 on; {@link TimeParser#UNKNOWN} if there are none. */
  long micros(String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      return TimeParser.UNKNOWN;
    }
    time.clear();
    String month = given(matcher, "month");
    String day = given(matcher, "day");
    boolean sound =
        time.takeYear(year(given(matcher, "year")))
            && (month.isEmpty() || time.takeMonth(month(month)))
            && (day.isEmpty() || time.takeDay(number(day)))
            && time.takeHour(number(given(matcher, "hour")))
            && time.takeMinute(number(given(matcher, "minute")))
            && time.takeSecond(number(given(matcher, "second")))
            && time.takeNanos(nanos(matcher))
            && time.takeOffset(offset(given(matcher, "offset")));
    return sound ? time.micros() : TimeParser.UNKNOWN;
  }

  /** The sum of what is finer than seconds; negative if that is a second or more. */
  private int nanos(Matcher matcher) {
    long millis = number(given(matcher, "millisecond"));
    long micros = number(given(matcher, "microsecond"));
    long nanos = number(given(matcher, "nanosecond"));
    long sum = millis * 1_000_000 + micros * 1_000 + nanos;
    return millis < 0 || micros < 0 || nanos < 0 || sum >= NANOS_PER_SECOND
        ? NOTHING
        : Math.toIntExact(sum);
  }

  /** Empty if the expression has no such group, or the text nothing for it. */
  private String given(Matcher matcher, String name) {
    Integer group = groups.get(name);
    String text = group == null ? null : matcher.group(group);
    return text == null ? "" : text;
  }

  /** 0 if nothing is given. */
  private static int number(String digits) {
    if (digits.isEmpty()) {
      return 0;
    }
    boolean sound =
        digits.length() <= MAX_PART_DIGITS && digits.chars().allMatch(TextCursor::isDigit);
    return sound ? Integer.parseInt(digits) : NOTHING;
  }

  private static int year(String digits) {
    int year = number(digits);
    if (digits.length() == 2 && year >= 0) {
      return year + (year >= GoTimeParser.FIRST_OF_1900 ? 1900 : 2000);
    }
    return year > LAST_YEAR ? NOTHING : year;
  }

  private static int month(String text) {
    if (TextCursor.isDigit(text.charAt(0))) {
      return number(text);
    }
    TextCursor cursor = cursor(text);
    int month = EnglishNames.longMonth(cursor);
    month = month > 0 ? month : EnglishNames.shortMonth(cursor);
    return month > 0 && cursor.isAtEnd() ? month : NOTHING;
  }

  /** {@code Z}, {@code +01}, {@code +0100}, {@code +01:00}, or a zone's name. */
  private static int offset(String text) {
    if (text.isEmpty() || text.equals("Z")) {
      return 0;
    }
    TextCursor cursor = cursor(text);
    int offset =
        TextCursor.isLetter(text.charAt(0))
            ? ZoneOffsets.named(cursor)
            : switch (text.length()) {
              case 3 -> ZoneOffsets.hours(cursor);
              case 5 -> ZoneOffsets.plain(cursor);
              default -> ZoneOffsets.withColon(cursor);
            };
    return cursor.isAtEnd() ? offset : ZoneOffsets.NONE;
  }

  private static TextCursor cursor(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new TextCursor(bytes, 0, bytes.length);
  }
}
