package io.penstock.job.sink;

import io.penstock.job.record.RowEvent;
import io.penstock.job.s3.ObjectStore;
import io.penstock.spec.JobSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Hands finished tasks to the committer at each checkpoint. Holds no state: an unfinished task is
 * read again after a restore.
 */
final class PartitionWriter implements CommittingSinkWriter<RowEvent, TaskCommittable> {
  private final ObjectStore store;
  private final TaskWriter writer;
  private final List<TaskCommittable> finished = new ArrayList<>();

  PartitionWriter(JobSpec spec, ObjectStore store, MetricGroup metrics) {
    this.store = store;
    Counter partitions = metrics.counter("partitions");
    this.writer =
        new TaskWriter(
            spec,
            spec.sink().dryRun() ? Optional.empty() : Optional.of(store),
            task -> {
              finished.add(task);
              partitions.inc(task.record().partitions().size());
            });
    metrics.gauge("openPartitions", writer::openPartitions);
  }

  @Override
  public void write(RowEvent event, Context context) throws IOException {
    event.deliverTo(writer);
  }

  @Override
  public void flush(boolean endOfInput) {
    // Tasks end with their own mark, never with a checkpoint.
  }

  @Override
  public Collection<TaskCommittable> prepareCommit() {
    List<TaskCommittable> prepared = List.copyOf(finished);
    finished.clear();
    return prepared;
  }

  @Override
  public void close() {
    writer.close();
    store.close();
  }
}
