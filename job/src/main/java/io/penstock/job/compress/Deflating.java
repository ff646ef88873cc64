package io.penstock.job.compress;

import java.io.IOException;
import java.io.OutputStream;

/** An engine that writes raw deflate, of one stream. Used by one thread. */
interface Deflating {
  void write(byte[] bytes, int from, int count, OutputStream out) throws IOException;

  /** Writes what is left and the stream's end. */
  void finish(OutputStream out) throws IOException;

  /** Frees what the garbage collector does not see. */
  void close();
}
