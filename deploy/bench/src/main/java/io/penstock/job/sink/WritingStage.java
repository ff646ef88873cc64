package io.penstock.job.sink;

import io.penstock.job.record.RowEvent;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PartitionFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The writer, which routes, encodes, compresses and hashes but does not upload. */
public final class WritingStage implements AutoCloseable {
  private final TaskWriter writer;
  private long bytes;

  public WritingStage(JobSpec spec) {
    this.writer = new TaskWriter(spec, Optional.empty(), this::finished);
  }

  private void finished(TaskCommittable task) {
    bytes += task.record().partitions().stream().mapToLong(PartitionFile::bytes).sum();
  }

  public void accept(RowEvent event) {
    try {
      event.deliverTo(writer);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to nowhere failed", e);
    }
  }

  /** Of all partitions so far. */
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
