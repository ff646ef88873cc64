package io.penstock.job.sink;

import io.penstock.spec.TaskRecord;
import java.util.List;

/**
 * A finished task, about to be committed.
 *
 * @param uploads to be completed before the record is written
 */
record TaskCommittable(TaskRecord record, List<Upload> uploads) {
  TaskCommittable {
    uploads = List.copyOf(uploads);
  }
}
