package io.penstock.job.expression;

/**
 * Matches {@code %} for any characters and {@code _} for one. Takes time in proportion to the text
 * times the pattern at most: the last {@code %} alone is ever tried again.
 */
final class LikePattern {
  private static final int ANY = -1;
  private static final int ONE = -2;

  private final int[] pattern;

  /**
   * @param escape in front of a character that stands for itself; negative for none
   */
  LikePattern(String written, int escape) {
    int[] characters = written.codePoints().toArray();
    int[] made = new int[characters.length];
    int count = 0;
    for (int i = 0; i < characters.length; i++) {
      int c = characters[i];
      if (c == escape && i + 1 < characters.length) {
        made[count++] = characters[++i];
      } else {
        made[count++] = c == '%' ? ANY : c == '_' ? ONE : c;
      }
    }
    this.pattern = java.util.Arrays.copyOf(made, count);
  }

  boolean matches(String text) {
    int[] characters = text.codePoints().toArray();
    int at = 0;
    int part = 0;
    int lastAny = -1;
    int resume = 0;
    while (at < characters.length) {
      if (part < pattern.length && (pattern[part] == ONE || pattern[part] == characters[at])) {
        at++;
        part++;
      } else if (part < pattern.length && pattern[part] == ANY) {
        lastAny = part++;
        resume = at;
      } else if (lastAny >= 0) {
        part = lastAny + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (part < pattern.length && pattern[part] == ANY) {
      part++;
    }
    return part == pattern.length;
  }
}
