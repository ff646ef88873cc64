package io.penstock.job.parquet;

import java.util.Optional;

/** The smallest and largest of a column's values. Mutable; of one row group or file. */
sealed interface ValueRange permits LongRange, DoubleRange, TextRange {
  /** Whether there is nothing between bounds; then they must not be asked for. */
  boolean isEmpty();

  /** Values that are in neither bound. */
  default long nans() {
    return 0;
  }

  /** Not above any value, as {@link io.penstock.spec.ColumnStatistics} has it. */
  String lower();

  /** Not below any value; absent if there is no short one. */
  Optional<String> upper();

  /** As a Parquet footer has it. */
  byte[] lowerBytes();

  Optional<byte[]> upperBytes();
}
