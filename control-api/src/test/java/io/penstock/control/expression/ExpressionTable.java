package io.penstock.control.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.SoftAssertions;

/** A file of lines {@code expression => outcome}; empty lines and those with # do not count. */
final class ExpressionTable {
  private ExpressionTable() {}

  /** Compares every line, and says how many there were. */
  static void check(String file, UnaryOperator<String> outcome) throws IOException {
    List<String> lines;
    try (InputStream in = ExpressionTable.class.getResourceAsStream(file)) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    SoftAssertions softly = new SoftAssertions();
    int cases = 0;
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int arrow = line.lastIndexOf(" =>");
      String sql = line.substring(0, arrow).strip();
      softly.assertThat(outcome.apply(sql)).as(sql).isEqualTo(line.substring(arrow + 3).strip());
      cases++;
    }
    softly.assertAll();
    assertThat(cases).isPositive();
    System.out.println(file + ": " + cases + " cases");
  }
}
