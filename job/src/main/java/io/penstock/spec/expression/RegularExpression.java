package io.penstock.spec.expression;

import io.penstock.spec.Check;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression in Java's syntax whose every use ends: how often it may look at a character
 * is bounded, so that what backtracks for ever is an error instead.
 */
public final class RegularExpression {
  private static final int MAX_LENGTH = 1_000;
  private static final int MAX_LOOKS = 1_000_000;

  private final Pattern pattern;

  /**
   * @throws IllegalArgumentException if it is none; the message is for people
   */
  public RegularExpression(String written) {
    Check.that(
        written.length() <= MAX_LENGTH,
        "a regular expression has at most %d characters",
        MAX_LENGTH);
    try {
      this.pattern = Pattern.compile(written);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + written + "' is no regular expression: " + e.getDescription(), e);
    }
  }

  public int groups() {
    return pattern.matcher("").groupCount();
  }

  /** A matcher that throws {@link TooCostly} when it has looked at too many characters. */
  public Matcher matcher(String text) {
    return pattern.matcher(new Bounded(text, new int[] {MAX_LOOKS}));
  }

  /** The expression backtracks too much on a text. */
  public static final class TooCostly extends RuntimeException {
    TooCostly() {
      super("a regular expression takes too many steps", null, false, false);
    }
  }

  /**
   * Text that can be looked at only so often.
   *
   * @param left one number, shared with its parts
   */
  private record Bounded(CharSequence text, int[] left) implements CharSequence {
    @Override
    public char charAt(int index) {
      if (--left[0] < 0) {
        throw new TooCostly();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Bounded(text.subSequence(start, end), left);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
