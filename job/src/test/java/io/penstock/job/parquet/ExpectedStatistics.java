package io.penstock.job.parquet;

import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnStatistics;
import io.penstock.spec.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a file must say of a column, found the slow way. */
final class ExpectedStatistics {
  private static final Comparator<String> BY_BYTES =
      Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private ExpectedStatistics() {}

  static ColumnStatistics of(Rows rows, int c, long storedBytes) {
    ColumnSpec column = rows.columns().get(c);
    List<Object> values =
        rows.values().stream().map(row -> row[c]).filter(Objects::nonNull).toList();
    List<Object> ordered = values.stream().filter(value -> !value.equals(Double.NaN)).toList();
    return new ColumnStatistics(
        column.fieldId(),
        rows.values().size(),
        rows.values().size() - values.size(),
        values.size() - ordered.size(),
        storedBytes,
        ordered.stream().min(order(column.type())).map(ExpectedStatistics::lower),
        ordered.stream().max(order(column.type())).flatMap(ExpectedStatistics::upper));
  }

  @SuppressWarnings("unchecked")
  private static Comparator<Object> order(ColumnType type) {
    return (a, b) ->
        type == ColumnType.STRING || type == ColumnType.JSON
            ? BY_BYTES.compare((String) a, (String) b)
            : ((Comparable<Object>) a).compareTo(b);
  }

  private static String lower(Object value) {
    if (value instanceof String text) {
      return TextBounds.lower(text);
    }
    return value.equals(0.0) ? "-0.0" : value.toString();
  }

  private static Optional<String> upper(Object value) {
    if (value instanceof String text) {
      return TextBounds.upper(text);
    }
    return Optional.of(value.equals(-0.0) ? "0.0" : value.toString());
  }
}
