/**
 * Rows of batches as JSON lines, CSV or Parquet: bytes straight from the columns, no object for a
 * row or a value. Where a file may end depends on its rows only, so that the same rows always give
 * the same files.
 */
package io.penstock.job.encode;
