package io.penstock.job.source;

import io.penstock.job.record.ReadEvent;
import io.penstock.spec.RecordFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The framer, for those who measure it. */
public final class FramingStage {
  private FramingStage() {}

  /** Delivers everything of one object. */
  public static void run(InputStream decoded, RecordFormat format, ReadEvent.Receiver receiver)
      throws IOException {
    RecordFramer.Limits limits = RecordFramer.Limits.DEFAULT;
    RecordFramer framer = new RecordFramer(decoded, () -> 0, format, limits, limits.newBuffers());
    Optional<ReadEvent> event = framer.next();
    while (event.isPresent()) {
      event.get().deliverTo(receiver);
      event = framer.next();
    }
  }
}
