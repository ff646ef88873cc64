package io.penstock.job.source;

import io.penstock.job.record.ChunkBuffers;
import io.penstock.job.record.ReadEvent;
import io.penstock.spec.RecordFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts bytes into chunks as a task's reader does, for tests of what follows. */
public final class FramedChunks {
  private FramedChunks() {}

  /**
   * @param chunkBytes about the size of a chunk
   * @param recordBytes of the longest record
   */
  public static List<ReadEvent> of(
      byte[] bytes, RecordFormat format, int chunkBytes, int recordBytes) {
    RecordFramer framer =
        new RecordFramer(
            new ByteArrayInputStream(bytes),
            () -> 0,
            format,
            new RecordFramer.Limits(chunkBytes, recordBytes),
            new ChunkBuffers(0));
    List<ReadEvent> events = new ArrayList<>();
    try {
      for (Optional<ReadEvent> next = framer.next(); next.isPresent(); next = framer.next()) {
        events.add(next.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be read", e);
    }
    return events;
  }
}
