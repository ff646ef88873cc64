package io.penstock.job.sink;

import io.penstock.spec.TaskRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A finished task, about to be committed.
 *
 * @param uploads to be completed before the record is written
 * @param started when it was; no part of the record, which is the same whenever the task is run
 */
record TaskCommittable(TaskRecord record, List<Upload> uploads, Optional<Instant> started) {
  TaskCommittable {
    uploads = List.copyOf(uploads);
  }
}
