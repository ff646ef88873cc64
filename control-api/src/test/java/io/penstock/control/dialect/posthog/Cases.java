package io.penstock.control.dialect.posthog;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Which of the contract's numbered cases have run, by the names of the tests. */
final class Cases implements BeforeEachCallback, AfterAllCallback {
  static final int OF_CONTRACT = 136;
  private static final Set<Integer> RUN = new TreeSet<>();
  private static final Pattern NUMBERS = Pattern.compile("[cC]ases?_?((?:[ _]?\\d+(?:to\\d+)?)+)");
  private static final Pattern RANGE = Pattern.compile("(\\d+)(?:to(\\d+))?");

  static synchronized void run(String name) {
    Matcher numbers = NUMBERS.matcher(name);
    while (numbers.find()) {
      Matcher range = RANGE.matcher(numbers.group(1));
      while (range.find()) {
        int from = Integer.parseInt(range.group(1));
        int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
        for (int i = from; i <= to; i++) {
          RUN.add(i);
        }
      }
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    run(context.getRequiredTestMethod().getName());
  }

  @Override
  public synchronized void afterAll(ExtensionContext context) {
    System.out.printf("PostHog cases that have run: %d of %d, %s%n", RUN.size(), OF_CONTRACT, RUN);
  }
}
