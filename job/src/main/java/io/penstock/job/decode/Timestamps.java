package io.penstock.job.decode;

import io.penstock.spec.RejectCode;
import io.penstock.spec.TimeFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Reads timestamps as microseconds since the epoch. Years 1 to 9999. */
interface Timestamps {
  /** Microseconds of 0001-01-01T00:00:00Z. */
  long MIN = micros(Instant.parse("0001-01-01T00:00:00Z"));

  /** Microseconds of the last moment of the year 9999. */
  long MAX = micros(Instant.parse("9999-12-31T23:59:59.999999Z"));

  /** In no range of timestamps: one that is not to be kept. */
  long OUTSIDE = Long.MIN_VALUE;

  /**
   * Microseconds since the epoch; {@link #OUTSIDE} only where there are limits.
   *
   * @param kind not {@link FieldKind#ABSENT}
   */
  long parse(FieldKind kind, String text) throws Unconvertible;

  static Timestamps of(TimeFormat format) {
    if (format instanceof TimeFormat.Epoch epoch) {
      return new Epoch(epoch.unit());
    }
    if (format instanceof TimeFormat.Pattern pattern) {
      return new Patterned(pattern.pattern());
    }
    if (format instanceof TimeFormat.Go go) {
      return new Go(go.layout());
    }
    if (format instanceof TimeFormat.Groups groups) {
      return new Groups(groups.expression());
    }
    return new Iso();
  }

  static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
  }

  private static long inRange(long micros, String text) throws Unconvertible {
    if (micros < MIN || micros > MAX) {
      throw new Unconvertible(
          RejectCode.VALUE_OUT_OF_RANGE,
          "parsing time \"" + Numbers.shown(text) + "\": year out of range");
    }
    return micros;
  }

  private static Unconvertible unparsable(String text, String layout) {
    return new Unconvertible(
        RejectCode.TYPE_MISMATCH,
        "parsing time \"%s\" as \"%s\": cannot parse".formatted(Numbers.shown(text), layout));
  }

  private static boolean isText(FieldKind kind) {
    return kind == FieldKind.STRING || kind == FieldKind.TEXT;
  }

  /** A number of units since the epoch. */
  final class Epoch implements Timestamps {
    private static final BigDecimal MICROS_PER_SECOND = BigDecimal.valueOf(1_000_000);
    private final BigDecimal unitsPerSecond;

    Epoch(TimeFormat.EpochUnit unit) {
      this.unitsPerSecond =
          BigDecimal.valueOf(
              switch (unit) {
                case SECONDS -> 1L;
                case CENTISECONDS -> 100L;
                case MILLISECONDS -> 1_000L;
                case MICROSECONDS -> 1_000_000L;
                case NANOSECONDS -> 1_000_000_000L;
              });
    }

    @Override
    public long parse(FieldKind kind, String text) throws Unconvertible {
      if (!isText(kind) && kind != FieldKind.NUMBER) {
        throw unparsable(text, "epoch");
      }
      BigDecimal units = Numbers.decimal(text, "ParseInt");
      if (units.scale() < -20 || units.precision() - units.scale() > 20) {
        return inRange(Long.MAX_VALUE, text);
      }
      BigInteger micros =
          units
              .multiply(MICROS_PER_SECOND)
              .divide(unitsPerSecond, 0, RoundingMode.FLOOR)
              .toBigInteger();
      return inRange(micros.bitLength() < Long.SIZE ? micros.longValue() : Long.MAX_VALUE, text);
    }
  }

  /** A pattern of java.time. */
  final class Patterned implements Timestamps {
    private final String pattern;
    private final DateTimeFormatter formatter;

    Patterned(String pattern) {
      this.pattern = pattern;
      this.formatter =
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern(pattern)
              .toFormatter(Locale.ENGLISH)
              // Otherwise the 30th of February becomes the 28th.
              .withResolverStyle(ResolverStyle.STRICT);
    }

    @Override
    public long parse(FieldKind kind, String text) throws Unconvertible {
      if (!isText(kind) && kind != FieldKind.NUMBER) {
        throw unparsable(text, pattern);
      }
      try {
        TemporalAccessor parsed =
            formatter.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
        return inRange(micros(instant(parsed)), text);
      } catch (DateTimeException | ArithmeticException e) {
        throw unparsable(text, pattern);
      }
    }

    private static Instant instant(TemporalAccessor parsed) {
      if (parsed instanceof ZonedDateTime zoned) {
        return zoned.toInstant();
      }
      return parsed instanceof LocalDateTime local
          ? local.toInstant(ZoneOffset.UTC)
          : ((LocalDate) parsed).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
  }

  /** A Go layout. */
  final class Go implements Timestamps {
    private final String layout;
    private final GoTimeParser parser;

    Go(String layout) {
      this.layout = layout;
      this.parser = new GoTimeParser(layout);
    }

    @Override
    public long parse(FieldKind kind, String text) throws Unconvertible {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      boolean written = isText(kind) || kind == FieldKind.NUMBER;
      long micros = written ? parser.parse(bytes, 0, bytes.length) : TimeParser.UNKNOWN;
      if (micros == TimeParser.UNKNOWN) {
        throw unparsable(text, layout);
      }
      return inRange(micros, text);
    }
  }

  /** An expression's named groups. */
  final class Groups implements Timestamps {
    private final String expression;
    private final GroupedTime time;

    Groups(String expression) {
      this.expression = expression;
      this.time = new GroupedTime(expression);
    }

    @Override
    public long parse(FieldKind kind, String text) throws Unconvertible {
      boolean written = isText(kind) || kind == FieldKind.NUMBER;
      long micros = written ? time.micros(text) : TimeParser.UNKNOWN;
      if (micros == TimeParser.UNKNOWN) {
        throw unparsable(text, expression);
      }
      return inRange(micros, text);
    }
  }

  /** ISO 8601 as it is met: {@code T} or a blank, any fraction, offsets with or without colon. */
  final class Iso implements Timestamps {
    @Override
    public long parse(FieldKind kind, String text) throws Unconvertible {
      if (!isText(kind)) {
        throw unparsable(text, "ISO 8601");
      }
      try {
        return inRange(new IsoScanner(text).micros(), text);
      } catch (DateTimeException | IndexOutOfBoundsException e) {
        throw unparsable(text, "ISO 8601");
      }
    }
  }
}
