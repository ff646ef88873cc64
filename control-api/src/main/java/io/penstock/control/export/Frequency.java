package io.penstock.control.export;

import java.time.Duration;

/** How often an export runs, and what follows from that. */
public enum Frequency {
  FIVE_MINUTES(Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(20), 12),
  QUARTER_HOUR(Duration.ofMinutes(15), Duration.ofMinutes(3), Duration.ofMinutes(20), 4),
  HOUR(Duration.ofHours(1), Duration.ofMinutes(15), Duration.ofHours(6), 24),
  /** A calendar day of a zone. */
  DAY(Duration.ofDays(1), Duration.ofMinutes(20), Duration.ofDays(1), 7),
  /** A calendar week of a zone. */
  WEEK(Duration.ofDays(7), Duration.ofMinutes(30), Duration.ofDays(3), 4);

  private static final Duration SETTLING = Duration.ofSeconds(60);
  private static final Duration SHORT_SETTLING = Duration.ofSeconds(30);

  private final Duration length;
  private final Duration jitter;
  private final Duration attemptLimit;
  private final int judgedRuns;

  Frequency(Duration length, Duration jitter, Duration attemptLimit, int judgedRuns) {
    this.length = length;
    this.jitter = jitter;
    this.attemptLimit = attemptLimit;
    this.judgedRuns = judgedRuns;
  }

  /** Of an interval; a day or a week may be longer or shorter where clocks are changed. */
  public Duration length() {
    return length;
  }

  /** A run starts later than its interval's end by a random time below this. */
  Duration jitter() {
    return jitter;
  }

  /** The least time between an interval's end and its run, so that late writers finish. */
  Duration settling() {
    return this == FIVE_MINUTES ? SHORT_SETTLING : SETTLING;
  }

  /** How long one attempt of a run may take. */
  Duration attemptLimit() {
    return attemptLimit;
  }

  /** How many of the last runs are looked at to find out whether the export is broken. */
  int judgedRuns() {
    return judgedRuns;
  }

  /** Whether its intervals begin at a local time, on local dates. */
  public boolean followsCalendar() {
    return this == DAY || this == WEEK;
  }
}
