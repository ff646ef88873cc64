package io.penstock.control.dialect.polaris;

import io.penstock.spec.TimeSpan;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * ISO 8601 intervals: {@code start/end}, {@code start/duration}, {@code duration/end}; without a
 * zone they are of UTC. Pure.
 */
final class Interval {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd['T'HH[:mm[:ss]]]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern("[XXX]")
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
          .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private Interval() {}

  /** Empty if the text is no interval, or one without a length. */
  static Optional<TimeSpan> parse(String text) {
    String[] ends = text.split("/", -1);
    if (ends.length != 2) {
      return Optional.empty();
    }
    try {
      OffsetDateTime from;
      OffsetDateTime to;
      if (ends[0].startsWith("P")) {
        to = time(ends[1]);
        from = moved(to, ends[0], -1);
      } else {
        from = time(ends[0]);
        to = ends[1].startsWith("P") ? moved(from, ends[1], 1) : time(ends[1]);
      }
      Instant begin = from.toInstant();
      Instant end = to.toInstant();
      return begin.isBefore(end) ? Optional.of(new TimeSpan(begin, end)) : Optional.empty();
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static OffsetDateTime time(String text) {
    TemporalAccessor parsed = TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
    return parsed instanceof OffsetDateTime time
        ? time.withOffsetSameInstant(ZoneOffset.UTC)
        : ((LocalDateTime) parsed).atOffset(ZoneOffset.UTC);
  }

  /** By days and longer of the calendar, then by hours and shorter. */
  private static OffsetDateTime moved(OffsetDateTime time, String duration, int direction) {
    int split = duration.indexOf('T');
    String date = split < 0 ? duration : duration.substring(0, split);
    OffsetDateTime moved =
        date.equals("P") ? time : time.plus(Period.parse(date).multipliedBy(direction));
    return split < 0
        ? moved
        : moved.plus(Duration.parse("P" + duration.substring(split)).multipliedBy(direction));
  }

  /** In their order, overlapping and touching ones as one. */
  static List<TimeSpan> merged(List<TimeSpan> spans) {
    List<TimeSpan> merged = new ArrayList<>();
    for (TimeSpan span : spans.stream().sorted(Comparator.comparing(TimeSpan::from)).toList()) {
      int last = merged.size() - 1;
      if (last >= 0 && !span.from().isAfter(merged.get(last).to())) {
        TimeSpan before = merged.get(last);
        Instant end = span.to().isAfter(before.to()) ? span.to() : before.to();
        merged.set(last, new TimeSpan(before.from(), end));
      } else {
        merged.add(span);
      }
    }
    return merged;
  }
}
