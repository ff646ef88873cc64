package io.penstock.job.decode;

import java.util.List;

/** Months and days of the week, of either case. */
final class EnglishNames {
  private static final int SHORT = 3;
  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");
  private static final List<String> WEEKDAYS =
      List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");
  private static final List<String> SHORT_MONTHS = shortened(MONTHS);
  private static final List<String> SHORT_WEEKDAYS = shortened(WEEKDAYS);

  private EnglishNames() {}

  private static List<String> shortened(List<String> names) {
    return names.stream().map(name -> name.substring(0, SHORT)).toList();
  }

  /** 1 to 12; 0 if there is none. */
  static int longMonth(TextCursor text) {
    return take(MONTHS, text);
  }

  /** 1 to 12; 0 if there is none. */
  static int shortMonth(TextCursor text) {
    return take(SHORT_MONTHS, text);
  }

  static boolean longWeekday(TextCursor text) {
    return take(WEEKDAYS, text) > 0;
  }

  static boolean shortWeekday(TextCursor text) {
    return take(SHORT_WEEKDAYS, text) > 0;
  }

  private static int take(List<String> names, TextCursor text) {
    for (int i = 0; i < names.size(); i++) {
      if (text.takeIgnoringCase(names.get(i))) {
        return i + 1;
      }
    }
    return 0;
  }
}
