package io.penstock.control.dialect.polaris;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a mistyped one was meant to be. */
final class Nearest {
  /** One mistake in so many characters is taken for a slip. */
  private static final int CHARACTERS_A_SLIP = 3;

  private Nearest() {}

  /** Such as {@code Did you mean "city"?}, with a blank before it; empty if nothing is near. */
  static String hint(String given, Collection<String> known) {
    return of(given, known).map(name -> " Did you mean \"" + name + "\"?").orElse("");
  }

  private static Optional<String> of(String given, Collection<String> known) {
    String lower = given.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(name -> !name.isEmpty())
        .map(name -> new Candidate(name, distance(lower, name.toLowerCase(Locale.ROOT))))
        .filter(c -> c.distance() <= 1 + given.length() / CHARACTERS_A_SLIP)
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .map(Candidate::name);
  }

  private record Candidate(String name, int distance) {}

  /** Characters to insert, delete or replace. */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
