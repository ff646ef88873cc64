package io.penstock.control.job;

import java.util.Set;
import java.util.TreeSet;

/** Task numbers as text, such as {@code 0-17,19}. */
public final class TaskRanges {
  private TaskRanges() {}

  public static String format(Set<Integer> tasks) {
    StringBuilder text = new StringBuilder();
    int from = -1;
    int last = -2;
    for (int task : new TreeSet<>(tasks)) {
      if (task != last + 1) {
        append(text, from, last);
        from = task;
      }
      last = task;
    }
    append(text, from, last);
    return text.toString();
  }

  private static void append(StringBuilder text, int from, int last) {
    if (from < 0) {
      return;
    }
    text.append(text.length() == 0 ? "" : ",").append(from);
    if (last > from) {
      text.append('-').append(last);
    }
  }

  public static Set<Integer> parse(String text) {
    Set<Integer> tasks = new TreeSet<>();
    if (text.isEmpty()) {
      return tasks;
    }
    for (String range : text.split(",", -1)) {
      String[] ends = range.split("-", -1);
      for (int task = Integer.parseInt(ends[0]);
          task <= Integer.parseInt(ends[ends.length - 1]);
          task++) {
        tasks.add(task);
      }
    }
    return tasks;
  }
}
