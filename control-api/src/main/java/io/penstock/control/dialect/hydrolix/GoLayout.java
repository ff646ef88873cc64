package io.penstock.control.dialect.hydrolix;

import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Go reference layouts as java.time patterns. */
final class GoLayout {
  private static final String OPTIONAL_FRACTION =
      "[.SSSSSSSSS][.SSSSSSSS][.SSSSSSS][.SSSSSS][.SSSSS][.SSSS][.SSS][.SS][.S]";

  /** Longest first where one begins like another. */
  private static final Map<String, String> TOKENS = new LinkedHashMap<>();

  static {
    TOKENS.put("January", "MMMM");
    TOKENS.put("Monday", "EEEE");
    TOKENS.put("Z07:00", "XXX");
    TOKENS.put("-07:00", "xxx");
    TOKENS.put("Z0700", "XX");
    TOKENS.put("-0700", "xx");
    TOKENS.put("2006", "uuuu");
    TOKENS.put("Jan", "MMM");
    TOKENS.put("Mon", "EEE");
    TOKENS.put("MST", "zzz");
    TOKENS.put("Z07", "X");
    TOKENS.put("-07", "x");
    TOKENS.put("002", "DDD");
    TOKENS.put("01", "MM");
    TOKENS.put("02", "dd");
    TOKENS.put("03", "hh");
    TOKENS.put("04", "mm");
    TOKENS.put("05", "ss");
    TOKENS.put("15", "H");
    TOKENS.put("PM", "a");
    TOKENS.put("pm", "a");
    TOKENS.put("_2", "[ ]d");
    TOKENS.put("1", "M");
    TOKENS.put("2", "d");
    TOKENS.put("3", "h");
    TOKENS.put("4", "m");
    TOKENS.put("5", "s");
  }

  private GoLayout() {}

  /** Empty if the layout cannot be expressed, or is no complete date. */
  static Optional<String> toPattern(String layout) {
    StringBuilder pattern = new StringBuilder();
    int position = 0;
    while (position < layout.length()) {
      int next = fraction(layout, position, pattern);
      if (next == position) {
        next = token(layout, position, pattern);
      }
      position = next;
    }
    String made = pattern.toString();
    boolean date = made.contains("uuuu") && (made.contains("M") || made.contains("DDD"));
    boolean halfDay = made.contains("h") == made.contains("a");
    return date && halfDay && isPattern(made) ? Optional.of(made) : Optional.empty();
  }

  /** {@code .000} is exactly so many digits, {@code .999} any number or none. */
  private static int fraction(String layout, int position, StringBuilder pattern) {
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
    if (end < layout.length() && Character.isDigit(layout.charAt(end))) {
      return position;
    }
    boolean comma = mark == ',';
    String digits = digit == '9' ? OPTIONAL_FRACTION : mark + "S".repeat(end - position - 1);
    pattern.append(comma ? digits.replace('.', ',') : digits);
    return end;
  }

  private static int token(String layout, int position, StringBuilder pattern) {
    for (Map.Entry<String, String> token : TOKENS.entrySet()) {
      if (layout.startsWith(token.getKey(), position)) {
        pattern.append(token.getValue());
        int end = position + token.getKey().length();
        boolean seconds = token.getValue().startsWith("s");
        if (seconds && !(end < layout.length() && ".,".indexOf(layout.charAt(end)) >= 0)) {
          // Go takes a fraction behind the seconds, whether the layout has one or not.
          pattern.append(OPTIONAL_FRACTION);
        }
        return end;
      }
    }
    char literal = layout.charAt(position);
    pattern.append(
        literal == '\''
            ? "''"
            : Character.isLetter(literal) || "[]{}#".indexOf(literal) >= 0
                ? "'" + literal + "'"
                : String.valueOf(literal));
    return position + 1;
  }

  private static boolean isPattern(String pattern) {
    try {
      return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
