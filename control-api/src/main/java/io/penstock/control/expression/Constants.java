package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Names that stand for values and take no parentheses. */
final class Constants {
  private Constants() {}

  static boolean isOne(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.equals("PI") || upper.equals("CURRENT_TIMESTAMP") || upper.equals("CURRENT_DATE");
  }

  static Expression of(String name, SessionSettings settings) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "PI" -> Types.number(Math.PI);
      case "CURRENT_DATE" ->
          time(settings.now().atZone(settings.zone()).truncatedTo(ChronoUnit.DAYS).toInstant());
      default -> time(settings.now().truncatedTo(ChronoUnit.MILLIS));
    };
  }

  private static Expression time(Instant instant) {
    return Types.time(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
  }
}
