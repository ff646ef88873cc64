package io.penstock.bench.stage;

import io.penstock.job.record.Chunk;
import io.penstock.job.record.ReadEvent;
import io.penstock.job.record.TypedRows;

/** Takes events and counts bytes. */
final class Ignoring implements ReadEvent.Receiver {
  long bytes;

  @Override
  public void chunk(Chunk chunk) {
    bytes += chunk.length();
  }

  @Override
  public void taskStarted(ReadEvent.TaskStarted event) {}

  @Override
  public void objectStarted(ReadEvent.ObjectStarted event) {}

  @Override
  public void oversizedRecord(ReadEvent.OversizedRecord event) {}

  @Override
  public void typedRows(TypedRows event) {}

  @Override
  public void objectRead(ReadEvent.ObjectRead event) {}

  @Override
  public void taskRead(ReadEvent.TaskRead event) {}

  @Override
  public void taskGivenUp(ReadEvent.TaskGivenUp event) {}

  @Override
  public void taskFoundDone(ReadEvent.TaskFoundDone event) {}
}
