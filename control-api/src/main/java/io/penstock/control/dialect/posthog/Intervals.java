package io.penstock.control.dialect.posthog;

import io.penstock.control.export.Frequency;
import java.util.Arrays;
import java.util.Optional;

/** What the product calls frequencies. */
final class Intervals {
  private Intervals() {}

  static String name(Frequency frequency) {
    return switch (frequency) {
      case FIVE_MINUTES -> "every 5 minutes";
      case QUARTER_HOUR -> "every 15 minutes";
      case HOUR -> "hour";
      case DAY -> "day";
      case WEEK -> "week";
    };
  }

  static Optional<Frequency> find(String name) {
    return Arrays.stream(Frequency.values()).filter(one -> name(one).equals(name)).findFirst();
  }
}
