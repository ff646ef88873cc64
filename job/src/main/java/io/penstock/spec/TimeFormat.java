package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How a timestamp is written in the input. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TimeFormat.Iso8601.class, name = "iso8601"),
  @JsonSubTypes.Type(value = TimeFormat.Epoch.class, name = "epoch"),
  @JsonSubTypes.Type(value = TimeFormat.Pattern.class, name = "pattern"),
  @JsonSubTypes.Type(value = TimeFormat.Go.class, name = "go"),
  @JsonSubTypes.Type(value = TimeFormat.Groups.class, name = "groups")
})
public sealed interface TimeFormat {
  /** ISO 8601, {@code T} or a blank between date and time; without an offset it is UTC. */
  record Iso8601() implements TimeFormat {}

  /** A number, or its text, since 1970-01-01T00:00:00Z; digits below a microsecond are cut off. */
  record Epoch(EpochUnit unit) implements TimeFormat {
    public Epoch {
      Check.that(unit != null, "unit must be given");
    }
  }

  /**
   * A pattern of {@link java.time.format.DateTimeFormatter}, English, ignoring case, resolved
   * strictly (so {@code uuuu} for the year); without an offset or zone in the text it is UTC,
   * without a time it is midnight.
   */
  record Pattern(String pattern) implements TimeFormat {
    public Pattern {
      Check.that(pattern != null && !pattern.isEmpty(), "pattern must not be empty");
    }
  }

  /**
   * A Go reference layout; what the layout lacks is year 0, January 1, 00:00, UTC. Names of zones
   * other than UTC and {@code GMT+h} are taken for UTC.
   */
  record Go(String layout) implements TimeFormat {
    public Go {
      Check.that(layout != null && !layout.isEmpty(), "layout must not be empty");
      Check.that(
          GoLayout.parts(layout).stream().anyMatch(p -> p.token() != GoLayout.Token.LITERAL),
          "layout must have a part of a time but was %s",
          layout);
    }
  }

  /**
   * An RE2 expression that finds the time, with groups named {@code year month day hour minute
   * second millisecond microsecond nanosecond offset}; what is not found is as in {@link Go}.
   */
  record Groups(String expression) implements TimeFormat {
    public static final int MAX_LENGTH = 1_000;

    /** Of the compiled expression: nested repetitions make large programs of short texts. */
    public static final int MAX_PROGRAM_SIZE = 10_000;

    public Groups {
      Check.that(
          expression != null && !expression.isEmpty() && expression.length() <= MAX_LENGTH,
          "expression must have 1 to %d characters",
          MAX_LENGTH);
    }
  }

  /** The unit of an epoch number. */
  enum EpochUnit {
    SECONDS,
    CENTISECONDS,
    MILLISECONDS,
    MICROSECONDS,
    NANOSECONDS
  }
}
