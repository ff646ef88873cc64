package io.penstock.control.export;

import io.penstock.spec.export.FileNames;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The keys of a run's files: a prefix with variables in it, and the interval. Pure. */
final class KeyTemplate {
  private static final int MOST_BYTES = 1_024;

  private KeyTemplate() {}

  /**
   * Empty if the prefix is no valid template; it is used as it is then.
   *
   * @param table that {@code {table}} stands for
   */
  static Optional<String> rendered(String prefix, DataInterval interval, String table) {
    Map<String, String> values = values(interval, table);
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < prefix.length()) {
      char c = prefix.charAt(at);
      boolean doubled = at + 1 < prefix.length() && prefix.charAt(at + 1) == c;
      if ((c == '{' || c == '}') && doubled) {
        text.append(c);
        at += 2;
      } else if (c == '{') {
        int close = prefix.indexOf('}', at);
        String value = close < 0 ? null : values.get(prefix.substring(at + 1, close));
        if (value == null) {
          return Optional.empty();
        }
        text.append(value);
        at = close + 1;
      } else if (c == '}') {
        return Optional.empty();
      } else {
        text.append(c);
        at++;
      }
    }
    return Optional.of(text.toString());
  }

  private static Map<String, String> values(DataInterval interval, String table) {
    return Map.of(
        "year", part(interval, "uuuu"),
        "month", part(interval, "MM"),
        "day", part(interval, "dd"),
        "hour", part(interval, "HH"),
        "minute", part(interval, "mm"),
        "second", part(interval, "ss"),
        "data_interval_start", interval.start().map(RunText::of).orElse("START"),
        "data_interval_end", RunText.of(interval.end()),
        "table", table);
  }

  private static String part(DataInterval interval, String pattern) {
    return DateTimeFormatter.ofPattern(pattern).format(interval.end().atOffset(ZoneOffset.UTC));
  }

  /**
   * @throws RunException if S3 takes no such keys
   */
  static FileNames names(String prefix, DataInterval interval, String table, String suffix)
      throws RunException {
    String text = rendered(prefix, interval, table).orElse(prefix);
    int start = 0;
    while (start < text.length() && text.charAt(start) == '/') {
      start++;
    }
    int end = text.length();
    while (end > start && text.charAt(end - 1) == '/') {
      end--;
    }
    String folder = start == end ? "" : text.substring(start, end) + "/";
    String name =
        interval.start().map(RunText::of).orElse("None") + "-" + RunText.of(interval.end());
    FileNames names = new FileNames(folder, name, suffix);
    check(names.manifest());
    return names;
  }

  private static void check(String key) throws RunException {
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw invalid("it has " + bytes + " bytes, and at most " + MOST_BYTES + " are allowed");
    }
    if (Arrays.stream(key.split("/", -1)).anyMatch(one -> one.equals(".") || one.equals(".."))) {
      throw invalid("no part of it may be . or ..");
    }
  }

  private static RunException invalid(String reason) {
    return RunException.user("InvalidS3Key", "An invalid S3 key was provided: " + reason);
  }
}
