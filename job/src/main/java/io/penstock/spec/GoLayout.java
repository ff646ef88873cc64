package io.penstock.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes Go reference layouts apart: the moment {@code Mon Jan 2 15:04:05 MST 2006}, written the way
 * the input looks.
 */
public final class GoLayout {
  private static final List<Token> BY_LENGTH =
      List.of(Token.values()).stream()
          .filter(token -> !token.written.isEmpty())
          .sorted((a, b) -> b.written.length() - a.written.length())
          .toList();

  private GoLayout() {}

  /** What can stand in a layout. */
  public enum Token {
    LITERAL(""),
    /** A point or comma and exactly as many digits as the layout has. */
    FRACTION(""),
    /** A point or comma and any number of digits, or nothing. */
    OPTIONAL_FRACTION(""),
    YEAR("2006"),
    SHORT_YEAR("06"),
    LONG_MONTH("January"),
    SHORT_MONTH("Jan"),
    TWO_DIGIT_MONTH("01"),
    MONTH("1"),
    TWO_DIGIT_DAY("02"),
    PADDED_DAY("_2"),
    DAY("2"),
    DAY_OF_YEAR("002"),
    LONG_WEEKDAY("Monday"),
    SHORT_WEEKDAY("Mon"),
    HOUR("15"),
    TWO_DIGIT_HALF_DAY_HOUR("03"),
    HALF_DAY_HOUR("3"),
    UPPER_CASE_HALF("PM"),
    LOWER_CASE_HALF("pm"),
    TWO_DIGIT_MINUTE("04"),
    MINUTE("4"),
    TWO_DIGIT_SECOND("05"),
    SECOND("5"),
    ZONE_NAME("MST"),
    OFFSET("-0700"),
    COLON_OFFSET("-07:00"),
    HOUR_OFFSET("-07"),
    Z_OR_OFFSET("Z0700"),
    Z_OR_COLON_OFFSET("Z07:00"),
    Z_OR_HOUR_OFFSET("Z07");

    private final String written;

    Token(String written) {
      this.written = written;
    }

    /** Whether it is a part of the second's fraction. */
    public boolean isFraction() {
      return this == FRACTION || this == OPTIONAL_FRACTION;
    }
  }

  /**
   * @param text of the layout, as it stands there
   */
  public record Part(Token token, String text) {}

  /** The layout from left to right; neighbouring literals are one part. */
  public static List<Part> parts(String layout) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int position = 0;
    while (position < layout.length()) {
      Part part = partAt(layout, position);
      position += part.text().length();
      if (part.token() == Token.LITERAL) {
        literal.append(part.text());
        continue;
      }
      endLiteral(literal, parts);
      parts.add(part);
    }
    endLiteral(literal, parts);
    return parts;
  }

  private static void endLiteral(StringBuilder literal, List<Part> parts) {
    if (literal.length() > 0) {
      parts.add(new Part(Token.LITERAL, literal.toString()));
      literal.setLength(0);
    }
  }

  private static Part partAt(String layout, int position) {
    int fractionEnd = fractionEnd(layout, position);
    if (fractionEnd > position) {
      Token token = layout.charAt(position + 1) == '0' ? Token.FRACTION : Token.OPTIONAL_FRACTION;
      return new Part(token, layout.substring(position, fractionEnd));
    }
    if (layout.startsWith("_2006", position)) {
      return new Part(Token.LITERAL, "_");
    }
    for (Token token : BY_LENGTH) {
      if (layout.startsWith(token.written, position) && !isPartOfWord(token, layout, position)) {
        return new Part(token, token.written);
      }
    }
    return new Part(Token.LITERAL, layout.substring(position, position + 1));
  }

  /** A short name in front of a lower-case letter is the beginning of an ordinary word. */
  private static boolean isPartOfWord(Token token, String layout, int position) {
    if (token != Token.SHORT_MONTH && token != Token.SHORT_WEEKDAY) {
      return false;
    }
    int next = position + token.written.length();
    return next < layout.length() && layout.charAt(next) >= 'a' && layout.charAt(next) <= 'z';
  }

  /** Behind a point or comma and zeros, or nines, that no other digit follows. */
  private static int fractionEnd(String layout, int position) {
    char mark = layout.charAt(position);
    int end = position + 1;
    if ((mark != '.' && mark != ',') || end == layout.length()) {
      return position;
    }
    char digit = layout.charAt(end);
    if (digit != '0' && digit != '9') {
      return position;
    }
    while (end < layout.length() && layout.charAt(end) == digit) {
      end++;
    }
    boolean digitFollows =
        end < layout.length() && layout.charAt(end) >= '0' && layout.charAt(end) <= '9';
    return digitFollows ? position : end;
  }
}
