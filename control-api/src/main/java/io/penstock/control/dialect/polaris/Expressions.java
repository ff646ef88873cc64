package io.penstock.control.dialect.polaris;

import io.penstock.spec.ColumnSpec;
import java.util.Optional;

/** Understands the expressions of mappings. Pure. */
interface Expressions {
  /**
   * The column that a mapping fills.
   *
   * @return empty if the expression is wrong or cannot be executed, which is noted
   */
  Optional<ColumnSpec> column(Mapping mapping, InputFields input, Problems problems);

  /**
   * An output column and what computes it.
   *
   * @param target path of the expression in the request
   */
  record Mapping(String columnName, String expression, String target) {}
}
