package io.penstock.job.typed;

import io.penstock.job.record.TypedRows;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The rows of one object, or of a part of it, batch by batch. Of one thread. */
public interface TypedObject extends Closeable {
  /**
   * Empty at the end.
   *
   * @throws io.penstock.job.compress.UnreadableException if the object is damaged
   */
  Optional<TypedRows> next() throws IOException;
}
