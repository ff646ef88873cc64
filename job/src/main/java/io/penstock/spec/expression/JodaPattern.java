package io.penstock.spec.expression;

import io.penstock.spec.Check;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.OptionalLong;

/** How times are written by a pattern of Joda's letters, in English. */
public final class JodaPattern {
  private static final int MAX_LENGTH = 200;
  private static final String LETTERS = "GCYxweEyDMdaKhHkmsSzZ";

  /** Its weeks are those of ISO 8601. */
  private static final Locale ENGLISH = Locale.UK;

  private final DateTimeFormatter formatter;

  /**
   * @throws IllegalArgumentException if the pattern is none; the message is for people
   */
  public JodaPattern(String pattern) {
    Check.that(
        !pattern.isEmpty() && pattern.length() <= MAX_LENGTH,
        "a pattern must have 1 to %d characters",
        MAX_LENGTH);
    try {
      this.formatter =
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern(translated(pattern))
              .toFormatter(ENGLISH)
              .withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + pattern + "' is no pattern for times: " + e.getMessage(), e);
    }
  }

  private static String translated(String pattern) {
    StringBuilder made = new StringBuilder();
    boolean quoted = false;
    int i = 0;
    while (i < pattern.length()) {
      char c = pattern.charAt(i);
      int end = i + 1;
      if (c == '\'') {
        quoted = !quoted;
        made.append(c);
      } else if (quoted) {
        made.append(c);
      } else if (Character.isLetter(c)) {
        while (end < pattern.length() && pattern.charAt(end) == c) {
          end++;
        }
        made.append(letters(c, end - i));
      } else {
        made.append("[]{}#".indexOf(c) >= 0 ? "'" + c + "'" : String.valueOf(c));
      }
      i = end;
    }
    Check.that(!quoted, "a quote has no end");
    return made.toString();
  }

  private static String letters(char letter, int count) {
    Check.that(LETTERS.indexOf(letter) >= 0 && letter != 'C', "letter %s is not known", letter);
    return switch (letter) {
      case 'y', 'Y' -> "u".repeat(count);
      case 'x' -> "Y".repeat(count);
      case 'Z' -> count == 1 ? "xx" : count == 2 ? "xxx" : "VV";
      case 'e' -> "e";
      default -> String.valueOf(letter).repeat(count);
    };
  }

  /** A time in a zone as text. */
  public String format(long micros, ZoneId zone) {
    return formatter.format(java.time.Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atZone(zone));
  }

  /**
   * Microseconds since the epoch, digits below a millisecond cut off; empty unless the whole text
   * is as the pattern has it. What the pattern lacks is 1970, January 1 and 00:00.
   *
   * @param zone of text without an offset
   */
  public OptionalLong parse(String text, ZoneId zone) {
    try {
      TemporalAccessor parsed = formatter.parse(text);
      LocalTime time = parsed.query(TemporalQueries.localTime());
      ZoneId written = parsed.query(TemporalQueries.zone());
      long micros =
          ChronoUnit.MICROS.between(
              java.time.Instant.EPOCH,
              date(parsed)
                  .atTime(time == null ? LocalTime.MIDNIGHT : time)
                  .truncatedTo(ChronoUnit.MILLIS)
                  .atZone(written == null ? zone : written)
                  .toInstant());
      return OptionalLong.of(micros);
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  private static LocalDate date(TemporalAccessor parsed) {
    LocalDate date = parsed.query(TemporalQueries.localDate());
    return date != null
        ? date
        : LocalDate.of(
            part(parsed, ChronoField.YEAR, 1970),
            part(parsed, ChronoField.MONTH_OF_YEAR, 1),
            part(parsed, ChronoField.DAY_OF_MONTH, 1));
  }

  private static int part(TemporalAccessor parsed, ChronoField field, int otherwise) {
    return parsed.isSupported(field) ? parsed.get(field) : otherwise;
  }
}
