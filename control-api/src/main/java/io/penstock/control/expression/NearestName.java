package io.penstock.control.expression;

import java.util.Collection;
import java.util.Locale;

/** Finds what somebody may have meant. */
final class NearestName {
  private NearestName() {}

  /** A sentence, with a blank before it, that suggests a name; empty if none is near. */
  static String hint(String unknown, Collection<String> known) {
    String best = "";
    int fewest = Math.max(1, unknown.length() / 3) + 1;
    for (String name : known) {
      int edits = edits(unknown.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (edits < fewest) {
        fewest = edits;
        best = name;
      }
    }
    return best.isEmpty() ? "" : " Did you mean \"" + best + "\"?";
  }

  /** Insertions, deletions and replacements of one character that make one of the other. */
  private static int edits(String a, String b) {
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] next = new int[b.length() + 1];
      next[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        next[j] = Math.min(replaced, 1 + Math.min(last[j], next[j - 1]));
      }
      last = next;
    }
    return last[b.length()];
  }
}
