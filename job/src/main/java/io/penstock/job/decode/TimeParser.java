package io.penstock.job.decode;

import io.penstock.spec.TimeFormat;
import io.penstock.spec.TimeLimits;

/** Reads timestamps from bytes, as {@link Timestamps} reads them from text. One for each thread. */
interface TimeParser {
  /** In no range of timestamps. */
  long UNKNOWN = Long.MIN_VALUE;

  /**
   * Microseconds since the epoch; {@link #UNKNOWN} if the text is not of the usual kind, or not in
   * the range of timestamps. {@link Words#PADDING} bytes behind {@code to} exist.
   */
  long micros(byte[] bytes, int from, int to);

  static TimeParser of(TimeFormat format) {
    if (format instanceof TimeFormat.Epoch epoch) {
      return new EpochParser(epoch.unit());
    }
    if (format instanceof TimeFormat.Pattern pattern) {
      return FixedPattern.of(pattern.pattern())
          .<TimeParser>map(PatternParser::new)
          .orElse((bytes, from, to) -> UNKNOWN);
    }
    if (format instanceof TimeFormat.Go go) {
      GoTimeParser parser = new GoTimeParser(go.layout());
      return ZuluIso.LAYOUTS.contains(go.layout()) ? new ZuluIso(parser) : parser;
    }
    if (format instanceof TimeFormat.Groups) {
      return (bytes, from, to) -> UNKNOWN;
    }
    return new IsoParser();
  }

  /** {@link #UNKNOWN} beyond the limits; cut off as they say. */
  static TimeParser limited(TimeParser parser, TimeLimits limits) {
    long first = Timestamps.micros(limits.first());
    long last = Timestamps.micros(limits.latest());
    long precision = limits.precision().micros();
    return (bytes, from, to) -> {
      long micros = parser.micros(bytes, from, to);
      return micros < first || micros > last ? UNKNOWN : micros - Math.floorMod(micros, precision);
    };
  }

  /** {@link #UNKNOWN} outside the years 1 to 9999. */
  static long inRange(long micros) {
    return micros < Timestamps.MIN || micros > Timestamps.MAX ? UNKNOWN : micros;
  }
}
