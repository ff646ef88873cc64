package io.penstock.control.arrivals;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.control.job.JobFolders;
import io.penstock.control.job.TableRef;
import io.penstock.spec.Manifest;
import io.penstock.spec.PlanSegment;
import io.penstock.spec.PlanSummary;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TaskFailure;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/** Folders of jobs, and what Flink does with the plans in them. */
final class FakeFolders implements JobFolders {
  private final Faults faults;
  private final Map<UUID, NavigableMap<Integer, PlanSegment>> segments = new HashMap<>();
  private final Map<UUID, NavigableMap<Integer, TaskRecord>> records = new HashMap<>();
  private final Map<UUID, Integer> next = new HashMap<>();
  private final Set<String> unreadable = new HashSet<>();

  FakeFolders(Faults faults) {
    this.faults = faults;
  }

  /** Objects of this key are skipped. */
  void cannotRead(String key) {
    unreadable.add(key);
  }

  void canRead(String key) {
    unreadable.remove(key);
  }

  /** Reads the next segment, as a running job does; returns its tasks, which are in hand then. */
  List<PlannedTask> take(UUID job) {
    PlanSegment segment =
        segments.getOrDefault(job, new TreeMap<>()).get(next.getOrDefault(job, 0));
    if (segment == null) {
      return List.of();
    }
    next.merge(job, 1, Integer::sum);
    return segment.tasks();
  }

  /** Commits a task. */
  void finish(UUID job, PlannedTask task) {
    List<TaskRecord.SkippedObject> skipped = new ArrayList<>();
    for (PlannedObject object : task.objects()) {
      if (unreadable.contains(object.key())) {
        skipped.add(new TaskRecord.SkippedObject("s3://landing/" + object.key(), "it is cut off"));
      }
    }
    long read = (long) task.objects().size() - skipped.size();
    TaskRecord record =
        new TaskRecord(
            TaskRecord.VERSION,
            task,
            new TaskCounts(read, read, 0, 0, read, read, read),
            List.of(),
            Optional.empty(),
            skipped,
            List.of());
    records.computeIfAbsent(job, id -> new TreeMap<>()).putIfAbsent(task.number(), record);
  }

  /** Does everything that is planned. */
  void finishAll(UUID job) {
    for (List<PlannedTask> tasks = take(job); !tasks.isEmpty(); tasks = take(job)) {
      tasks.forEach(task -> finish(job, task));
    }
  }

  @Override
  public void writeSegment(UUID job, PlanSegment segment) throws IOException {
    faults.before("write");
    NavigableMap<Integer, PlanSegment> all = segments.computeIfAbsent(job, id -> new TreeMap<>());
    PlanSegment before = all.put(segment.segment(), segment);
    assertThat(before).isIn(null, segment);
    faults.after("write");
  }

  @Override
  public Set<Integer> doneTasks(UUID job, int from) throws IOException {
    faults.before("list");
    return Set.copyOf(records.getOrDefault(job, new TreeMap<>()).tailMap(from, true).keySet());
  }

  @Override
  public List<TaskRecord> records(UUID job, Set<Integer> tasks) throws IOException {
    faults.before("read");
    return tasks.stream().sorted().map(records.get(job)::get).toList();
  }

  @Override
  public Optional<PlanSummary> plan(UUID job) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<Integer> doneTasks(UUID job) {
    throw new UnsupportedOperationException("becomes ever more");
  }

  @Override
  public Set<Integer> tasksWithRejects(UUID job) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void rejects(UUID job, int task, Consumer<RejectedRow> each) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<TaskFailure> failures(UUID job, int attempt) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void writeManifest(Manifest manifest) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Manifest> manifest(UUID job) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int abortUploads(TableRef table, UUID job) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void deleteRuns(UUID job) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Instant> listed(UUID job) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Recorded> recorded(UUID job, Set<Integer> tasks) {
    throw new UnsupportedOperationException();
  }
}
