package io.penstock.job.parquet;

import java.util.Optional;

/** Shortens bounds of text so that they stay bounds, in the order of UTF-8 bytes. */
final class TextBounds {
  static final int MAX_CHARACTERS = 64;

  private TextBounds() {}

  static String lower(String text) {
    return prefix(text);
  }

  /** A prefix whose last character that can be is raised by one. */
  static Optional<String> upper(String text) {
    String prefix = prefix(text);
    if (prefix.length() == text.length()) {
      return Optional.of(text);
    }
    int end = prefix.length();
    while (end > 0) {
      int last = prefix.codePointBefore(end);
      end -= Character.charCount(last);
      if (last < Character.MAX_CODE_POINT) {
        int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
        return Optional.of(prefix.substring(0, end) + Character.toString(next));
      }
    }
    return Optional.empty();
  }

  private static String prefix(String text) {
    int characters = text.codePointCount(0, text.length());
    return characters <= MAX_CHARACTERS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_CHARACTERS));
  }
}
