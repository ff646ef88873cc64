package io.penstock.control.dialect.hydrolix;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Moments in a query: with or without an offset, UTC if without, or just a day. */
final class QueryTimes {
  private QueryTimes() {}

  /** A moment, or the beginning of a day. */
  static Optional<Instant> from(Context context, String parameter) {
    return read(context, parameter, false);
  }

  /** A moment, or the end of a day. */
  static Optional<Instant> to(Context context, String parameter) {
    return read(context, parameter, true);
  }

  private static Optional<Instant> read(Context context, String parameter, boolean end) {
    String text = context.queryParam(parameter);
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(text.contains("T") ? moment(text) : day(text, end));
    } catch (DateTimeParseException e) {
      Violations violations = new Violations();
      violations.add(parameter, "Enter a valid date or date and time.");
      throw new Refused(violations);
    }
  }

  private static Instant day(String text, boolean end) {
    LocalDate day = LocalDate.parse(text);
    return end
        ? day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).minusNanos(1)
        : day.atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private static Instant moment(String text) {
    try {
      // A plus sign that was not escaped arrives as a space.
      return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
    } catch (DateTimeParseException e) {
      return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
  }
}
