package io.penstock.bench.measure;

import java.util.ArrayList;
import java.util.List;

/** A Markdown table. */
public final class Table {
  private final List<List<String>> lines = new ArrayList<>();

  public Table(String... head) {
    lines.add(List.of(head));
  }

  public void add(String... cells) {
    if (cells.length != lines.get(0).size()) {
      throw new IllegalArgumentException(
          "a line must have %d cells but had %d".formatted(lines.get(0).size(), cells.length));
    }
    lines.add(List.of(cells));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append("| ").append(String.join(" | ", lines.get(i))).append(" |\n");
      if (i == 0) {
        text.append("|").append("---|".repeat(lines.get(0).size())).append('\n');
      }
    }
    return text.toString();
  }
}
