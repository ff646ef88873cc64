package io.penstock.job.decode;

import io.penstock.spec.GoLayout;
import io.penstock.spec.GoLayout.Token;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads what a Go reference layout describes, by the rules of Go. */
final class GoTimeParser implements TimeParser {
  /** Two-digit years from here on are of the 20th century. */
  static final int FIRST_OF_1900 = 69;

  private static final int NANO_DIGITS = 9;

  private final Step[] steps;
  private final CivilTime time = new CivilTime();

  /**
   * @param literal what the text must have, of {@link Token#LITERAL}
   * @param digits of {@link Token#FRACTION}
   * @param mayHaveFraction whether digits behind the second belong to it, the layout having none
   */
  private record Step(Token token, byte[] literal, int digits, boolean mayHaveFraction) {}

  GoTimeParser(String layout) {
    List<GoLayout.Part> parts = GoLayout.parts(layout);
    this.steps = new Step[parts.size()];
    boolean fractionFollows = false;
    for (int i = steps.length - 1; i >= 0; i--) {
      Token token = parts.get(i).token();
      byte[] text = parts.get(i).text().getBytes(StandardCharsets.UTF_8);
      steps[i] = new Step(token, text, text.length - 1, !fractionFollows);
      fractionFollows = token.isFraction() || (token == Token.LITERAL && fractionFollows);
    }
  }

  @Override
  public long micros(byte[] bytes, int from, int to) {
    return TimeParser.inRange(parse(bytes, from, to));
  }

  /** As {@link #micros}, but from year 0 on. */
  long parse(byte[] bytes, int from, int to) {
    time.clear();
    TextCursor text = new TextCursor(bytes, from, to);
    for (Step step : steps) {
      if (!read(step, text)) {
        return UNKNOWN;
      }
    }
    return text.isAtEnd() ? time.micros() : UNKNOWN;
  }

  private boolean read(Step step, TextCursor text) {
    return switch (step.token) {
      case LITERAL -> text.skip(step.literal);
      case FRACTION -> fraction(text, step.digits);
      case OPTIONAL_FRACTION -> optionalFraction(text);
      case YEAR -> time.takeYear(text.digits(4));
      case SHORT_YEAR -> shortYear(text);
      case LONG_MONTH -> time.takeMonth(EnglishNames.longMonth(text));
      case SHORT_MONTH -> time.takeMonth(EnglishNames.shortMonth(text));
      case TWO_DIGIT_MONTH -> time.takeMonth(text.digits(2));
      case MONTH -> time.takeMonth(text.oneOrTwoDigits());
      case TWO_DIGIT_DAY -> time.takeDay(text.digits(2));
      case PADDED_DAY -> {
        if (text.peek(0) == ' ') {
          text.advance(1);
        }
        yield time.takeDay(text.oneOrTwoDigits());
      }
      case DAY -> time.takeDay(text.oneOrTwoDigits());
      case DAY_OF_YEAR -> time.takeDayOfYear(text.digits(3));
      case LONG_WEEKDAY -> EnglishNames.longWeekday(text);
      case SHORT_WEEKDAY -> EnglishNames.shortWeekday(text);
      case HOUR -> time.takeHour(text.oneOrTwoDigits());
      case TWO_DIGIT_HALF_DAY_HOUR -> halfDayHour(text.digits(2));
      case HALF_DAY_HOUR -> halfDayHour(text.oneOrTwoDigits());
      case UPPER_CASE_HALF -> half(text, 'A', 'P', 'M');
      case LOWER_CASE_HALF -> half(text, 'a', 'p', 'm');
      case TWO_DIGIT_MINUTE -> time.takeMinute(text.digits(2));
      case MINUTE -> time.takeMinute(text.oneOrTwoDigits());
      case TWO_DIGIT_SECOND -> second(text.digits(2), step, text);
      case SECOND -> second(text.oneOrTwoDigits(), step, text);
      case ZONE_NAME -> time.takeOffset(ZoneOffsets.named(text));
      case OFFSET -> time.takeOffset(ZoneOffsets.plain(text));
      case COLON_OFFSET -> time.takeOffset(ZoneOffsets.withColon(text));
      case HOUR_OFFSET -> time.takeOffset(ZoneOffsets.hours(text));
      case Z_OR_OFFSET -> text.take('Z') || time.takeOffset(ZoneOffsets.plain(text));
      case Z_OR_COLON_OFFSET -> text.take('Z') || time.takeOffset(ZoneOffsets.withColon(text));
      case Z_OR_HOUR_OFFSET -> text.take('Z') || time.takeOffset(ZoneOffsets.hours(text));
    };
  }

  private boolean shortYear(TextCursor text) {
    int year = text.digits(2);
    return year >= 0 && time.takeYear(year + (year >= FIRST_OF_1900 ? 1900 : 2000));
  }

  private boolean halfDayHour(int hour) {
    return time.takeHour(hour) && hour <= 12;
  }

  private boolean half(TextCursor text, char before, char after, char noon) {
    time.takeHalf(text.peek(0) == after);
    return text.peek(1) == noon && (text.take(after) || text.take(before)) && text.take(noon);
  }

  private boolean second(int second, Step step, TextCursor text) {
    return time.takeSecond(second) && (!step.mayHaveFraction || optionalFraction(text));
  }

  private boolean optionalFraction(TextCursor text) {
    boolean given = isMark(text.peek(0)) && TextCursor.isDigit(text.peek(1));
    return !given || fraction(text, text.countDigits(1));
  }

  private boolean fraction(TextCursor text, int digits) {
    if (!isMark(text.peek(0)) || text.countDigits(1) < digits) {
      return false;
    }
    int nanos = 0;
    for (int i = 1; i <= NANO_DIGITS; i++) {
      nanos = nanos * 10 + (i <= digits ? text.peek(i) - '0' : 0);
    }
    text.advance(1 + digits);
    return time.takeNanos(nanos);
  }

  private static boolean isMark(int c) {
    return c == '.' || c == ',';
  }
}
