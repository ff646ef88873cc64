package io.penstock.spec.expression;

import io.penstock.spec.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path into a JSON value: {@code $}, then names and indexes. An index below 0 leads nowhere.
 *
 * @param steps each a {@link String} or an {@link Integer}
 */
public record ValuePath(List<Object> steps) {
  private static final int MAX_LENGTH = 1_000;
  private static final Pattern STEP =
      Pattern.compile("\\.([^.\\[\\]*'\"\\s]+)|\\['([^']*)'\\]|\\[(-?\\d{1,9})\\]");

  public ValuePath {
    steps = List.copyOf(steps);
  }

  /**
   * @throws IllegalArgumentException if the text is no such path; the message is for people
   */
  public static ValuePath parse(String text) {
    Check.that(text.startsWith("$"), "a JSON path begins with $ but was '%s'", text);
    Check.that(text.length() <= MAX_LENGTH, "a JSON path has at most %d characters", MAX_LENGTH);
    List<Object> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    int at = 1;
    while (at < text.length()) {
      Check.that(
          matcher.find(at) && matcher.start() == at,
          "a JSON path has names, as in $.a or $['a'], and indexes, as in $[0], but was '%s'",
          text);
      if (matcher.group(3) != null) {
        steps.add(Integer.valueOf(matcher.group(3)));
      } else {
        steps.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
      }
      at = matcher.end();
    }
    return new ValuePath(steps);
  }
}
