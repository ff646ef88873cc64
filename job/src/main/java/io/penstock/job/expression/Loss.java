package io.penstock.job.expression;

/** How a value was lost. */
enum Loss {
  /** It does not convert: null. */
  CONVERSION,
  /** It converts, but not all of it. */
  PRECISION,
  /** It cannot be computed: null. */
  ERROR
}
