package io.penstock.control.arrivals;

import io.penstock.control.job.Job;
import io.penstock.control.job.JobFolders;
import io.penstock.control.job.Jobs;
import io.penstock.control.job.TablePublisher;
import io.penstock.spec.PlanSegment;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Brings plans to the jobs' folders and what the jobs made of them to the tables. A task is
 * published first and noted as settled then; publishing recognizes what it has published.
 */
final class Settlement {
  /** In one snapshot: their records are in memory. */
  private static final int MOST_TASKS = 500;

  /** Longer than any task should take: two that do the same do it for nothing. */
  static final Duration PATIENCE = Duration.ofHours(6);

  private final Streams streams;
  private final JobFolders folders;
  private final TablePublisher tables;
  private final Jobs jobs;
  private final Clock clock;

  Settlement(Streams streams, JobFolders folders, TablePublisher tables, Jobs jobs, Clock clock) {
    this.streams = streams;
    this.folders = folders;
    this.tables = tables;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Writing a segment again writes the same. */
  void writePlans() throws IOException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    streams.replan(now.minus(PATIENCE), now);
    for (Map.Entry<UUID, List<PlanSegment>> stream : streams.unwritten().entrySet()) {
      for (PlanSegment segment : stream.getValue()) {
        folders.writeSegment(stream.getKey(), segment);
        streams.written(stream.getKey(), segment.segment());
      }
    }
  }

  /** Publishes tasks that are done; returns whether there are no more of them for now. */
  boolean settle(Stream stream) throws IOException {
    SortedSet<Integer> done = streams.waiting(stream.id());
    Optional<Job> job = jobs.find(stream.key().organization(), stream.id());
    if (done.isEmpty() || job.isEmpty()) {
      return true;
    }
    done.retainAll(folders.doneTasks(stream.id(), done.first()));
    if (done.isEmpty()) {
      return true;
    }
    Set<Integer> some = done.stream().limit(MOST_TASKS).collect(Collectors.toSet());
    List<TaskRecord> records = folders.records(stream.id(), some);
    if (!job.get().definition().dryRun()) {
      tables.publish(job.get().definition().table(), stream.id(), records);
    }
    streams.settle(stream.id(), records, clock.instant().truncatedTo(ChronoUnit.MICROS));
    return some.size() == done.size();
  }
}
