package io.penstock.job.scan;

import io.penstock.job.record.ColumnVector;
import java.io.IOException;

/** The values of a page, one after another. Of one thread. */
interface PageValues {
  byte[] NO_BLOCK = {};

  /** What the texts point into. */
  default byte[] block() {
    return NO_BLOCK;
  }

  /**
   * Sets the next values.
   *
   * @param rows of the vector, which get them; the first {@code count} elements
   */
  void read(ColumnVector vector, int[] rows, int count) throws IOException;
}
