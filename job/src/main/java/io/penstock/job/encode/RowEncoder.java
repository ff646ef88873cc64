package io.penstock.job.encode;

import io.penstock.job.record.RowBatch;
import java.io.Closeable;
import java.io.IOException;

/**
 * Writes rows as one file. Of one thread. Closing it without {@link #finish} gives the file up, and
 * may still write.
 */
public interface RowEncoder extends Closeable {
  /**
   * Appends some of a batch's rows, until a chunk has gone to the output: a file that is to be no
   * larger than something may end there.
   *
   * @param selected the rows, from index {@code from} to {@code to}
   * @return the index of the first row that was not appended
   */
  int append(RowBatch batch, int[] selected, int from, int to) throws IOException;

  /** Writes all that is left, and what ends the file. The output is not closed. */
  void finish() throws IOException;

  /** Heap that the rows held take. */
  long heldBytes();

  /** Writes the rows held as far as that can be done without harm to the file. */
  void drain() throws IOException;
}
