package io.penstock.control.dialect.polaris;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Buckets of time, all of UTC, that no output file spans two of. */
enum Partitioning {
  SECOND(Duration.ofSeconds(1)),
  MINUTE(Duration.ofMinutes(1)),
  FIVE_MINUTE(Duration.ofMinutes(5)),
  TEN_MINUTE(Duration.ofMinutes(10)),
  FIFTEEN_MINUTE(Duration.ofMinutes(15)),
  THIRTY_MINUTE(Duration.ofMinutes(30)),
  HOUR(Duration.ofHours(1)),
  SIX_HOUR(Duration.ofHours(6)),
  EIGHT_HOUR(Duration.ofHours(8)),
  DAY(Duration.ofDays(1)),
  MONTH(Duration.ofDays(1)),
  QUARTER(Duration.ofDays(1)),
  YEAR(Duration.ofDays(1)),
  ALL(Duration.ofDays(36_525));

  static final List<String> NAMES = Arrays.stream(values()).map(Partitioning::wireName).toList();

  private final Duration fileSpan;

  Partitioning(Duration fileSpan) {
    this.fileSpan = fileSpan;
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Partitioning> of(String wireName) {
    return Arrays.stream(values()).filter(one -> one.wireName().equals(wireName)).findFirst();
  }

  /** Of one output file, from the epoch on: days divide calendar months evenly, nothing longer. */
  Duration fileSpan() {
    return fileSpan;
  }

  /** Of the buckets themselves. */
  Duration shortest() {
    return switch (this) {
      case MONTH -> Duration.ofDays(28);
      case QUARTER -> Duration.ofDays(90);
      case YEAR -> Duration.ofDays(365);
      default -> fileSpan;
    };
  }

  /** Whether a bucket begins there. */
  boolean aligned(Instant at) {
    OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
    boolean midnight = at.getEpochSecond() % 86_400 == 0 && at.getNano() == 0;
    return switch (this) {
      case ALL -> false;
      case MONTH -> midnight && time.getDayOfMonth() == 1;
      case QUARTER -> midnight && time.getDayOfMonth() == 1 && time.getMonthValue() % 3 == 1;
      case YEAR -> midnight && time.getDayOfYear() == 1;
      default -> at.getNano() == 0 && at.getEpochSecond() % fileSpan.toSeconds() == 0;
    };
  }
}
