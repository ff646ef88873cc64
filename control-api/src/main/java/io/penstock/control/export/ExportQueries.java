package io.penstock.control.export;

import io.penstock.control.expression.Selected;
import java.util.Optional;

/**
 * What queries and filters of exports mean, for those who check them before they are kept. Pure.
 */
public final class ExportQueries {
  private ExportQueries() {}

  /** A query with the bounds of the interval in it. */
  public static String filled(String query, DataInterval interval) {
    return Placeholders.filled(query, interval.start(), interval.end());
  }

  public static Selected parse(ExportModel model, String query) {
    return Selection.parser(model).parse(query);
  }

  /** What is wrong with filters, in a sentence. */
  public static Optional<String> trouble(ExportModel model, String filters) {
    try {
      RowFilters.condition(model, filters);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }
}
