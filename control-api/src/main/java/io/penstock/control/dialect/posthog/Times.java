package io.penstock.control.dialect.posthog;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Instants as requests bring them and answers show them. */
final class Times {
  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?"
              + "(Z|z|[+-]\\d{2}(?::?\\d{2})?)?");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssX");
  private static final DateTimeFormatter MICROS =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss.")
          .appendValue(ChronoField.MICRO_OF_SECOND, 6)
          .appendPattern("X")
          .toFormatter();

  private Times() {}

  /** A date and time of day. The offset is absent if the text has none. */
  record Read(LocalDateTime local, Optional<ZoneOffset> offset) {
    /** Without an offset it is UTC. */
    Instant instant() {
      return local.toInstant(offset.orElse(ZoneOffset.UTC));
    }
  }

  /** Empty if it is no ISO 8601 date and time. */
  static Optional<Read> read(String text) {
    Matcher iso = ISO.matcher(text.strip());
    if (!iso.matches()) {
      return Optional.empty();
    }
    String seconds = iso.group(3) == null ? "00" : iso.group(3);
    String fraction = iso.group(4) == null ? "0" : iso.group(4);
    String micros = fraction.length() > 6 ? fraction.substring(0, 6) : fraction;
    try {
      LocalDateTime local =
          LocalDateTime.parse(iso.group(1) + "T" + iso.group(2) + ":" + seconds + "." + micros);
      return Optional.of(new Read(local, Optional.ofNullable(iso.group(5)).map(Times::offset)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static ZoneOffset offset(String text) {
    return text.equalsIgnoreCase("Z") ? ZoneOffset.UTC : ZoneOffset.of(text);
  }

  /** Six digits of a fraction that is not zero. */
  static String text(Instant instant) {
    DateTimeFormatter format = instant.get(ChronoField.MICRO_OF_SECOND) == 0 ? SECONDS : MICROS;
    return format.format(instant.atOffset(ZoneOffset.UTC));
  }
}
