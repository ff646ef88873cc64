package io.penstock.control.expression;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a mistyped one was meant to be. */
public final class NearestName {
  /** One mistake in so many characters is taken for a slip, and one in a shorter name. */
  private static final int CHARACTERS_A_SLIP = 3;

  private NearestName() {}

  /** Such as {@code Did you mean "city"?}, with a blank before it; empty if nothing is near. */
  public static String hint(String given, Collection<String> known) {
    return of(given, known).map(name -> " Did you mean \"" + name + "\"?").orElse("");
  }

  private static Optional<String> of(String given, Collection<String> known) {
    String lower = given.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(name -> !name.isEmpty())
        .map(name -> new Candidate(name, distance(lower, name.toLowerCase(Locale.ROOT))))
        .filter(c -> c.distance() <= Math.max(1, given.length() / CHARACTERS_A_SLIP))
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .map(Candidate::name);
  }

  private record Candidate(String name, int distance) {}

  /** Characters to insert, delete or replace, and neighbours to swap. */
  private static int distance(String left, String right) {
    int[][] edits = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : fewest(edits, left, i, right, j);
      }
    }
    return edits[left.length()][right.length()];
  }

  private static int fewest(int[][] edits, String left, int i, String right, int j) {
    char a = left.charAt(i - 1);
    char b = right.charAt(j - 1);
    int replaced = edits[i - 1][j - 1] + (a == b ? 0 : 1);
    int fewest = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped = i > 1 && j > 1 && a == right.charAt(j - 2) && b == left.charAt(i - 2);
    return swapped ? Math.min(fewest, 1 + edits[i - 2][j - 2]) : fewest;
  }
}
