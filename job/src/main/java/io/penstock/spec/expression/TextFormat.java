package io.penstock.spec.expression;

import io.penstock.spec.Check;
import java.util.IllegalFormatException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pattern of {@link java.util.Formatter}, whose texts cannot grow beyond all measure. */
public final class TextFormat {
  private static final int MAX_LENGTH = 1_000;
  private static final int MAX_DIGITS = 3;

  /** Widths, precisions and places of arguments. */
  private static final Pattern NUMBER = Pattern.compile("%[^a-zA-Z%]*?(\\d{4,})");

  private final String pattern;

  /**
   * @throws IllegalArgumentException if it is too long; the message is for people
   */
  public TextFormat(String pattern) {
    Check.that(pattern.length() <= MAX_LENGTH, "a format has at most %d characters", MAX_LENGTH);
    Matcher number = NUMBER.matcher(pattern);
    Check.that(!number.find(), "a number in a format has at most %d digits", MAX_DIGITS);
    this.pattern = pattern;
  }

  /**
   * @param arguments texts, {@link Long}, {@link Double}, {@link Boolean} and null
   * @throws IllegalFormatException if the pattern asks for others
   */
  public String of(Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
