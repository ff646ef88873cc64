package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobFolders;
import io.penstock.control.job.JobFolders.Recorded;
import io.penstock.control.job.JobState;
import io.penstock.control.job.Progress.TaskState;
import io.penstock.spec.PlanSummary;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.TaskFailure;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tasks of a job as its folder shows them: first the listing, then INDEX tasks by number. What
 * has a record is done; only the records that are shown are read.
 */
final class JobTasks {
  private final Job job;
  private final JobFolders folders;
  private final Set<Integer> done;
  private final Map<Integer, TaskFailure> failures = new HashMap<>();
  private final Optional<TaskFailure> listing;
  private final int planned;
  private final Set<Integer> running;
  private final Optional<Instant> listed;

  JobTasks(Job job, JobFolders folders) throws IOException {
    this.job = job;
    this.folders = folders;
    this.done = folders.doneTasks(job.id());
    List<TaskFailure> all = folders.failures(job.id(), job.attempt().number());
    all.forEach(failure -> failure.task().ifPresent(task -> failures.put(task, failure)));
    this.listing = all.stream().filter(failure -> failure.task().isEmpty()).findFirst();
    this.planned = folders.plan(job.id()).map(PlanSummary::tasks).orElse(0);
    this.listed = folders.listed(job.id());
    this.running = running();
  }

  /** Tasks are handed out by number: as many as run are the first that have not ended. */
  private Set<Integer> running() {
    Set<Integer> numbers = new HashSet<>();
    int count = job.progress().tasks().getOrDefault(TaskState.RUNNING, 0);
    for (int number = 0; number < planned && numbers.size() < count; number++) {
      if (!done.contains(number) && !failures.containsKey(number)) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  /** The listing is one. */
  long count() {
    return 1L + planned;
  }

  /**
   * @param from place in the list, 0 is the listing
   * @param to place behind the last one
   */
  List<ObjectNode> page(long from, long to) throws IOException {
    Set<Integer> numbers = new TreeSet<>();
    for (long place = Math.max(1, from); place < Math.min(to, count()); place++) {
      numbers.add((int) place - 1);
    }
    Set<Integer> recorded = new TreeSet<>(numbers);
    recorded.retainAll(done);
    Map<Integer, Recorded> records = new HashMap<>();
    folders
        .recorded(job.id(), recorded)
        .forEach(one -> records.put(one.record().task().number(), one));
    List<ObjectNode> page = new ArrayList<>();
    if (from == 0) {
      page.add(listing());
    }
    for (int number : numbers) {
      Recorded record = records.get(number);
      page.add(record == null ? unfinished(number) : finished(record));
    }
    return page;
  }

  private ObjectNode listing() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putNull("task");
    completed(json.put("kind", "LIST"), job.progress().listing(), Optional.empty(), listing);
    json.put("started", job.startedAt().map(BatchJobJson::timestamp).orElse(null));
    if (listing.isEmpty()) {
      json.put("finished", listed.map(BatchJobJson::timestamp).orElse(null));
    }
    return json;
  }

  private ObjectNode unfinished(int number) {
    Optional<TaskFailure> failure = Optional.ofNullable(failures.get(number));
    boolean canceled = job.state() == JobState.CANCELED || job.cancelRequested();
    TaskState state =
        failure.isPresent()
            ? TaskState.FAILED
            : canceled
                ? TaskState.CANCELED
                : running.contains(number) ? TaskState.RUNNING : TaskState.READY;
    return completed(index(number), state, Optional.empty(), failure);
  }

  private ObjectNode finished(Recorded done) {
    TaskRecord record = done.record();
    ObjectNode json = index(record.task().number());
    completed(json, TaskState.DONE, Optional.of(record), Optional.empty());
    json.put("started", done.started().map(BatchJobJson::timestamp).orElse(null));
    return json.put("finished", BatchJobJson.timestamp(done.finished()));
  }

  private static ObjectNode index(int number) {
    return JsonNodeFactory.instance.objectNode().put("task", number).put("kind", "INDEX");
  }

  private ObjectNode completed(
      ObjectNode json,
      TaskState state,
      Optional<TaskRecord> record,
      Optional<TaskFailure> failure) {
    json.put("state", state.name());
    // A record is the same whichever attempt wrote it, and does not say which.
    boolean known = state != TaskState.DONE || job.attempts().size() == 1;
    json.put("attempt", known ? job.attempt().number() : null);
    ArrayNode files = json.putArray("files");
    record.ifPresent(one -> one.task().objects().forEach(object -> file(files, object)));
    json.put("rows_read", record.map(one -> one.counts().rowsRead()).orElse(0L));
    json.put("rows_written", record.map(one -> one.counts().rowsWritten()).orElse(0L));
    json.put("rows_rejected", record.map(one -> one.counts().rowsRejected()).orElse(0L));
    json.put("partitions", record.map(one -> one.partitions().size()).orElse(0));
    json.putNull("started");
    json.put("finished", failure.map(one -> BatchJobJson.timestamp(one.at())).orElse(null));
    json.put("error", failure.map(one -> one.subject() + ": " + one.reason()).orElse(null));
    return json;
  }

  private void file(ArrayNode files, PlannedObject object) {
    String bucket =
        job.definition().source().urlScheme() + "://" + job.definition().source().bucket();
    files
        .addObject()
        .put("url", bucket + "/" + object.key())
        .put("size", object.size())
        .put("etag", object.etag());
  }
}
