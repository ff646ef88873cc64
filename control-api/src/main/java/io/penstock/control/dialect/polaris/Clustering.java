package io.penstock.control.dialect.polaris;

import io.penstock.spec.TransformSpec;
import java.util.List;
import java.util.Optional;

/** The columns by which rows are in order within files. Pure. */
final class Clustering {
  private Clustering() {}

  /**
   * The request's, else the table's; notes those that cannot be.
   *
   * @param transform absent if its mappings are wrong
   */
  static List<String> read(Fields body, Target target, Optional<TransformSpec> transform) {
    List<String> given = body.texts("clusteringColumns");
    if (given.stream().distinct().count() < given.size()) {
      body.bad("clusteringColumns", "clusteringColumns must not name a column twice.");
    }
    for (int i = 0; transform.isPresent() && i < given.size(); i++) {
      check(body, "clusteringColumns[" + i + "]", given.get(i), target, transform.get());
    }
    return body.has("clusteringColumns") ? given : target.settings().clusteringColumns();
  }

  private static void check(
      Fields body, String field, String column, Target target, TransformSpec transform) {
    boolean known =
        transform.columns().stream().anyMatch(one -> one.name().equals(column))
            || target.typeOf(column).isPresent();
    boolean measure =
        transform.rollup().flatMap(rollup -> rollup.of(column)).isPresent()
            || target.settings().declared(column).path("type").asText().equals("measure");
    if (!known) {
      body.bad(field, "There is no column \"" + column + "\".");
    } else if (measure) {
      body.bad(field, "The column \"" + column + "\" is a measure, by which rows are not sorted.");
    }
  }

  /** Those of the columns that the rows have values for. */
  static List<String> mapped(List<String> columns, TransformSpec transform) {
    return columns.stream()
        .filter(name -> transform.columns().stream().anyMatch(one -> one.name().equals(name)))
        .filter(name -> transform.rollup().flatMap(rollup -> rollup.of(name)).isEmpty())
        .toList();
  }
}
