package io.penstock.job.sink;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Divides a batch's rows by the text of one column: groups in the order of their first row, rows in
 * their order within each. What it gives is valid until the next call. Used by one thread.
 */
final class Shards {
  private final int column;
  private final Map<String, Integer> groups = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private final int[] groupOfRow = new int[RowBatch.CAPACITY];
  private final int[] counts = new int[RowBatch.CAPACITY];
  private int[][] rows;

  /**
   * @param column its place in the batches
   */
  Shards(int column) {
    this.column = column;
  }

  /** By what a shard is known. */
  static String hash(String text) {
    return "%016x".formatted(Wyhash.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns the number of groups. */
  int divide(RowBatch batch) {
    groups.clear();
    texts.clear();
    Arrays.fill(counts, 0);
    ColumnVector vector = batch.column(column);
    int[] selected = batch.selected();
    int count = batch.selectedRows();
    for (int i = 0; i < count; i++) {
      int group = groupOf(text(vector, selected[i]));
      groupOfRow[i] = group;
      counts[group]++;
    }
    rows = new int[texts.size()][];
    for (int g = 0; g < rows.length; g++) {
      rows[g] = new int[counts[g]];
      counts[g] = 0;
    }
    for (int i = 0; i < count; i++) {
      int group = groupOfRow[i];
      rows[group][counts[group]++] = selected[i];
    }
    return rows.length;
  }

  private int groupOf(String text) {
    Integer known = groups.putIfAbsent(text, texts.size());
    if (known != null) {
      return known;
    }
    texts.add(text);
    return texts.size() - 1;
  }

  /** Null is the empty text. */
  private static String text(ColumnVector vector, int row) {
    return vector.isNull(row)
        ? ""
        : new String(
            vector.text(), vector.textStart(row), vector.textLength(row), StandardCharsets.UTF_8);
  }

  String text(int group) {
    return texts.get(group);
  }

  int[] rows(int group) {
    return rows[group];
  }
}
