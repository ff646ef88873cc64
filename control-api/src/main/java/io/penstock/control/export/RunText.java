package io.penstock.control.export;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** Instants and intervals as keys and logs show them. */
public final class RunText {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");
  private static final DateTimeFormatter MICROS =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss.")
          .appendValue(ChronoField.MICRO_OF_SECOND, 6)
          .appendPattern("xxx")
          .toFormatter();

  private RunText() {}

  /** With an offset, never {@code Z}; six digits of a fraction that is not zero. */
  public static String of(Instant instant) {
    DateTimeFormatter format = instant.get(ChronoField.MICRO_OF_SECOND) == 0 ? SECONDS : MICROS;
    return format.format(instant.atOffset(ZoneOffset.UTC));
  }

  static String of(DataInterval interval) {
    return interval.start().map(RunText::of).orElse("START") + " to " + of(interval.end());
  }
}
