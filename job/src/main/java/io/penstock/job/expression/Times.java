package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.expression.CalendarPeriod;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.IsoTime;
import io.penstock.spec.expression.JodaPattern;
import io.penstock.spec.expression.PeriodBuckets;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.TimePart;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Functions of times. Their constants are read once. */
final class Times {
  private static final String USUAL_FORMAT = "yyyy-MM-dd'T'HH:mm:ss.SSSZZ";

  private Times() {}

  /** Gives one time for another; may be out of range. */
  private interface TimeFunction {
    long of(long micros);
  }

  /**
   * @param arguments all of them, whatever is evaluated
   */
  static RowFunction of(ScalarFunction function, List<Expression> arguments) {
    ZoneId zone = ZoneId.of(constant(arguments, arguments.size() - 1).orElse("Z")).normalized();
    return switch (function) {
      case TIME_PARSE, TRY_TIME_PARSE -> parse(constant(arguments, 1), zone);
      case TIME_FLOOR -> time(buckets(arguments, zone)::floor);
      case TIME_CEIL -> time(buckets(arguments, zone)::ceil);
      case TIME_SHIFT -> shift(period(arguments, 1), zone);
      case TIME_EXTRACT -> extract(TimePart.valueOf(constant(arguments, 1).orElseThrow()), zone);
      case TIME_FORMAT ->
          format(new JodaPattern(constant(arguments, 1).orElse(USUAL_FORMAT)), zone);
      case TIME_DIFF -> difference(period(arguments, 2), zone);
      default -> throw new IllegalArgumentException("not of times: " + function);
    };
  }

  private static Optional<String> constant(List<Expression> arguments, int index) {
    return ((Expression.Constant) arguments.get(index)).value();
  }

  private static CalendarPeriod period(List<Expression> arguments, int index) {
    return CalendarPeriod.parse(constant(arguments, index).orElseThrow());
  }

  private static PeriodBuckets buckets(List<Expression> arguments, ZoneId zone) {
    return new PeriodBuckets(
        period(arguments, 1), constant(arguments, 2).map(Long::parseLong), zone);
  }

  private static RowFunction parse(Optional<String> pattern, ZoneId zone) {
    IsoTime iso = new IsoTime(zone);
    Optional<JodaPattern> joda = pattern.map(JodaPattern::new);
    return (a, row, result, losses) -> {
      String text = Values.text(a[0], row);
      OptionalLong micros = joda.isPresent() ? joda.get().parse(text, zone) : iso.micros(text);
      if (micros.isPresent() && isInRange(micros.getAsLong())) {
        result.setLong(row, micros.getAsLong());
      } else {
        Conversions.lost(row, text, "TIMESTAMP", losses);
      }
    };
  }

  private static boolean isInRange(long micros) {
    return micros >= Conversions.FIRST_TIME && micros <= Conversions.LAST_TIME;
  }

  private static RowFunction time(TimeFunction function) {
    return (a, row, result, losses) -> set(function, a[0].longAt(row), row, result, losses);
  }

  private static void set(
      TimeFunction function, long micros, int row, ColumnVector result, Losses losses) {
    try {
      long made = function.of(micros);
      if (isInRange(made)) {
        result.setLong(row, made);
        return;
      }
    } catch (ArithmeticException | DateTimeException e) {
      // Told below, as of any other time that is out of range.
      result.setNull(row);
    }
    losses.add(row, Loss.ERROR, "a time outside the years 1 to 9999");
  }

  private static RowFunction shift(CalendarPeriod period, ZoneId zone) {
    return (a, row, result, losses) ->
        set(
            micros -> period.shift(micros, a[1].longAt(row), zone),
            a[0].longAt(row),
            row,
            result,
            losses);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static RowFunction extract(TimePart part, ZoneId zone) {
    return (a, row, result, losses) -> {
      long micros = a[0].longAt(row);
      result.setLong(row, part.of(LocalDateTime.ofInstant(instant(micros), zone), micros));
    };
  }

  private static RowFunction format(JodaPattern pattern, ZoneId zone) {
    return (a, row, result, losses) -> {
      try {
        Values.set(result, row, pattern.format(a[0].longAt(row), zone));
      } catch (DateTimeException e) {
        losses.add(row, Loss.ERROR, "a time that the pattern cannot write");
      }
    };
  }

  private static RowFunction difference(CalendarPeriod period, ZoneId zone) {
    return (a, row, result, losses) -> {
      ZonedDateTime from = instant(a[0].longAt(row)).atZone(zone);
      ZonedDateTime to = instant(a[1].longAt(row)).atZone(zone);
      result.setLong(row, period.unit().between(from, to) / period.count());
    };
  }
}
