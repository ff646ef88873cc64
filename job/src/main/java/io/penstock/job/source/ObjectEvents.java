package io.penstock.job.source;

import io.penstock.job.record.ReadEvent;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** What is read of one object, one after another. */
interface ObjectEvents extends Closeable {
  /** Empty at the object's end. */
  Optional<ReadEvent> next() throws IOException;

  /** Stored bytes that no event has accounted for: together they are what was planned. */
  long unreported();
}
