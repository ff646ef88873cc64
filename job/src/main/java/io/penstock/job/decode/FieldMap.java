package io.penstock.job.decode;

import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which columns want a field, by its name. */
final class FieldMap {
  private static final int[] NONE = {};

  private final Map<String, int[]> columnsByName = new HashMap<>();

  FieldMap(List<ColumnSpec> columns) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).source() instanceof ColumnSource.Field field) {
        int[] before = columnsByName.getOrDefault(field.name(), NONE);
        int[] after = Arrays.copyOf(before, before.length + 1);
        after[before.length] = i;
        columnsByName.put(field.name(), after);
      }
    }
  }

  /** Indexes of the columns; empty if none wants it. */
  int[] columns(String name) {
    return columnsByName.getOrDefault(name, NONE);
  }
}
