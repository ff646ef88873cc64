package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.penstock.spec.Check;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TimeFormat.EpochUnit;
import io.penstock.spec.TimeLimits;
import io.penstock.spec.TimeLimits.Precision;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How timestamps are written, and which are kept. Pure. */
final class TimeTranslator {
  private static final Set<String> TYPES = Set.of("datetime", "datetime64", "epoch");
  private static final Map<String, EpochUnit> UNITS = units();
  private static final Set<String> GROUPS =
      Set.of(
          "year",
          "month",
          "day",
          "hour",
          "minute",
          "second",
          "millisecond",
          "microsecond",
          "nanosecond",
          "offset");
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("2106-02-07T06:28:15.999999Z");
  private static final Instant FIRST_WIDE = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LAST_WIDE = Instant.parse("2299-12-31T23:59:59.999999Z");

  private final TransformTarget target;
  private final List<String> reasons;

  /**
   * @param target which primaries are rejected
   * @param reasons to which is added, in full sentences, what cannot be read
   */
  TimeTranslator(TransformTarget target, List<String> reasons) {
    this.target = target;
    this.reasons = reasons;
  }

  private static Map<String, EpochUnit> units() {
    Map<String, EpochUnit> units = new HashMap<>();
    for (String name : List.of("s", "sec", "secs", "second", "seconds")) {
      units.put(name, EpochUnit.SECONDS);
    }
    for (String name : List.of("cs", "centi", "centis", "centisecond", "centiseconds")) {
      units.put(name, EpochUnit.CENTISECONDS);
    }
    for (String name : List.of("ms", "milli", "millis", "millisecond", "milliseconds")) {
      units.put(name, EpochUnit.MILLISECONDS);
    }
    for (String name : List.of("us", "micro", "micros", "microsecond", "microseconds")) {
      units.put(name, EpochUnit.MICROSECONDS);
    }
    for (String name : List.of("ns", "nano", "nanos", "nanosecond", "nanoseconds")) {
      units.put(name, EpochUnit.NANOSECONDS);
    }
    return Map.copyOf(units);
  }

  static boolean isTime(String typeName) {
    return TYPES.contains(typeName);
  }

  /** Empty, with a reason, if it cannot be read. */
  Optional<TimeFormat> format(String name, String typeName, JsonNode datatype) {
    String format = datatype.path("format").asText("");
    if (typeName.equals("epoch")) {
      Optional<EpochUnit> unit = unit(format);
      if (unit.isEmpty()) {
        reasons.add("Column %s: the epoch format %s cannot be read.".formatted(name, format));
      }
      return unit.map(TimeFormat.Epoch::new);
    }
    try {
      return Optional.of(format.contains("(?P<") ? groups(format) : new TimeFormat.Go(format));
    } catch (IllegalArgumentException e) {
      reasons.add(
          "Column %s: the layout \"%s\" cannot be read: %s."
              .formatted(name, format, e.getMessage()));
      return Optional.empty();
    }
  }

  private static Optional<EpochUnit> unit(String format) {
    return Optional.ofNullable(UNITS.get(format.strip().toLowerCase(Locale.ROOT)));
  }

  private static TimeFormat groups(String expression) {
    TimeFormat.Groups groups = new TimeFormat.Groups(expression);
    try {
      Pattern pattern = Pattern.compile(expression);
      Check.that(
          pattern.namedGroups().keySet().stream().anyMatch(GROUPS::contains),
          "it has no group for a part of a time");
      Check.that(
          pattern.programSize() <= TimeFormat.Groups.MAX_PROGRAM_SIZE,
          "it repeats too much too often");
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return groups;
  }

  /**
   * Empty, with a reason, if there is no such resolution.
   *
   * @param automatic whether the clock gives the time, which is after any that was fixed before
   */
  Optional<TimeLimits> limits(String name, String typeName, JsonNode datatype, boolean automatic) {
    JsonNode resolution = datatype.path("resolution");
    String named = resolution.isNull() ? "" : resolution.asText("");
    Optional<EpochUnit> unit = named.isEmpty() ? Optional.of(EpochUnit.SECONDS) : unit(named);
    if (unit.isEmpty()
        || (unit.get() != EpochUnit.SECONDS && unit.get() != EpochUnit.MILLISECONDS)) {
      reasons.add(
          "Column %s: the resolution %s must be seconds or milliseconds.".formatted(name, named));
      return Optional.empty();
    }
    boolean wide = typeName.equals("datetime64");
    boolean primary = datatype.path("primary").asBoolean(false);
    return Optional.of(
        new TimeLimits(
            unit.get() == EpochUnit.SECONDS ? Precision.SECONDS : Precision.MILLISECONDS,
            wide ? FIRST_WIDE : FIRST,
            wide ? LAST_WIDE : LAST,
            primary,
            target.notAfter().filter(instant -> primary && !automatic),
            target.maxAhead().filter(days -> primary && !automatic)));
  }
}
