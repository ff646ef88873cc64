package io.penstock.job.sort;

import java.io.IOException;

/** Gives rows in order, one at a time. */
interface OrderedRows {
  /** Goes to the next row, before the first call to none; false behind the last. */
  boolean next() throws IOException;

  /** What the row is in, which may be changed; until the next call of {@link #next}. */
  byte[] bytes();

  /** Where the row begins. */
  int at();
}
