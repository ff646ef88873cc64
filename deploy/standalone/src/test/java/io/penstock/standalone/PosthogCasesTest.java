package io.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every numbered case of the contract of batch exports is a test over HTTP with its number. */
final class PosthogCasesTest {
  private static final int OF_CONTRACT = 136;

  private static final List<Path> TESTS =
      List.of(
          Path.of("..", "..", "control-api", "src/test/java/io/penstock/control/dialect/posthog"),
          Path.of("src/test/java/io/penstock/standalone"),
          Path.of("..", "cluster", "src/test/java/io/penstock/cluster"));

  /** A method {@code case_1_…} or {@code cases_1_2_…}. */
  private static final Pattern METHOD = Pattern.compile("void cases?((?:_\\d+)+)_[a-zA-Z]");

  /** A row of a table that dynamic tests are made of. */
  private static final Pattern ROW =
      Pattern.compile("(?:\\b(?:good|bad|unknown)\\(|^\\s*\\{)\\s*\"(\\d+)\",", Pattern.MULTILINE);

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Integer> numbers(String text) {
    Matcher methods = METHOD.matcher(text);
    Matcher rows = ROW.matcher(text);
    return Stream.concat(methods.results(), rows.results())
        .map((MatchResult found) -> found.group(1))
        .flatMap(numbers -> Stream.of(numbers.split("_", -1)))
        .filter(number -> !number.isEmpty())
        .map(Integer::valueOf);
  }

  @Test
  void everyCaseHasATest() throws IOException {
    Set<Integer> tested = new TreeSet<>();
    for (Path folder : TESTS) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(file -> numbers(text(file)).forEach(tested::add));
      }
    }
    List<Integer> missing =
        IntStream.rangeClosed(1, OF_CONTRACT).filter(i -> !tested.contains(i)).boxed().toList();

    System.out.printf(
        "PostHog cases that have a test: %d of %d%n", OF_CONTRACT - missing.size(), OF_CONTRACT);
    assertThat(missing).isEmpty();
  }
}
