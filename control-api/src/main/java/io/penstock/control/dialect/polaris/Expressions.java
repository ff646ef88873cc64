package io.penstock.control.dialect.polaris;

import io.penstock.spec.TransformSpec;
import java.util.List;
import java.util.Optional;

/** Understands the expressions of a job. Pure. */
interface Expressions {
  /**
   * How the job's records become rows.
   *
   * @param filter of records, with its path in the request
   * @return empty if an expression is wrong, which is noted
   */
  Optional<TransformSpec> transform(
      List<Mapping> mappings, Optional<Mapping> filter, Problems problems);

  /**
   * An output column and what computes it.
   *
   * @param columnName empty for a filter
   * @param target path of the expression in the request
   */
  record Mapping(String columnName, String expression, String target) {}
}
