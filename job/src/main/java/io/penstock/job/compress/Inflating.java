package io.penstock.job.compress;

import java.io.IOException;
import java.util.zip.DataFormatException;

/** An engine that undoes raw deflate. Used by one thread. */
interface Inflating {
  /**
   * Another run of deflate blocks begins where the input stands.
   *
   * @return false if these are none for this engine; the input still stands there
   */
  boolean begin() throws IOException;

  /**
   * @param length at least 1
   * @return how many bytes, at least 1, or -1 if the blocks have ended; the input then stands
   *     behind them
   * @throws java.io.EOFException if the input ends before
   */
  int inflate(byte[] target, int offset, int length) throws IOException, DataFormatException;

  /** Frees what the garbage collector does not see; it can begin again afterwards. */
  void close();
}
