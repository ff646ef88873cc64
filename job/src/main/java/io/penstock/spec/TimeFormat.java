package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How a timestamp is written in the input. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TimeFormat.Iso8601.class, name = "iso8601"),
  @JsonSubTypes.Type(value = TimeFormat.Epoch.class, name = "epoch"),
  @JsonSubTypes.Type(value = TimeFormat.Pattern.class, name = "pattern")
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

  /** The unit of an epoch number. */
  enum EpochUnit {
    SECONDS,
    MILLISECONDS,
    MICROSECONDS,
    NANOSECONDS
  }
}
