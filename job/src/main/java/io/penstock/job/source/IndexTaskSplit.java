package io.penstock.job.source;

import io.penstock.spec.PlannedTask;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * An index task on its way through a reader.
 *
 * @param ended whether its last event has been emitted: between that and dropping the split a
 *     checkpoint may fall, and the restored reader must not read the task again
 */
record IndexTaskSplit(PlannedTask task, boolean ended) implements SourceSplit {
  @Override
  public String splitId() {
    return Integer.toString(task.number());
  }
}
