package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.arrivals.Stream;
import io.penstock.control.arrivals.StreamCounts;
import io.penstock.control.arrivals.Watch;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobState;
import io.penstock.spec.TaskCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How an entry of {@code autoingest} is doing, as it is shown. Pure. */
final class AutoingestJson {
  private AutoingestJson() {}

  /** One of the entry's streams, and its job if there is one already. */
  record Running(Stream stream, Optional<Job> job) {
    boolean runs() {
      return job.filter(one -> one.state() == JobState.RUNNING).isPresent();
    }

    Optional<String> error() {
      return job.map(Job::errors)
          .filter(errors -> !errors.isEmpty())
          .map(errors -> errors.get(errors.size() - 1))
          .or(stream::lastError);
    }
  }

  /**
   * @param problems with the entry's source
   * @param watch of the source, if anything looks at it
   */
  static ObjectNode of(
      AutoingestEntry entry,
      List<String> problems,
      Optional<Watch> watch,
      List<Running> running,
      Instant now) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("entry", entry.id());
    json.set("source", entry.json().path("source"));
    json.put("enabled", entry.enabled());
    json.put("state", problems.isEmpty() ? state(entry, watch, running) : "failing");
    json.put("lag_seconds", running.stream().mapToLong(one -> lag(one, now)).max().orElse(0));
    time(json, "last_answer", watch.flatMap(Watch::answeredAt));
    time(
        json,
        "last_load",
        running.stream().flatMap(r -> r.stream().loadedAt().stream()).max(Instant::compareTo));
    json.put(
        "last_error", problems.stream().findFirst().or(() -> error(watch, running)).orElse(null));
    StreamCounts all =
        running.stream()
            .map(r -> r.stream().counts())
            .reduce(StreamCounts.ZERO, StreamCounts::plus);
    long waiting = running.stream().mapToLong(r -> r.stream().waiting().objects()).sum();
    counters(json.putObject("counters"), all, waiting)
        .put("files_unmatched", watch.map(Watch::unmatched).orElse(0L));
    ArrayNode jobs = json.putArray("jobs");
    for (Running one : running) {
      ObjectNode job = jobs.addObject();
      job.put("uuid", one.stream().id().toString());
      job.put("bucket", one.stream().key().bucket());
      job.put("status", one.job().map(BatchJobJson::status).orElse("ready"));
      job.put("lag_seconds", lag(one, now));
      counters(job.putObject("counters"), one.stream().counts(), one.stream().waiting().objects());
    }
    return json;
  }

  private static String state(AutoingestEntry entry, Optional<Watch> watch, List<Running> running) {
    if (!entry.enabled()) {
      return running.isEmpty() ? "disabled" : "stopping";
    }
    if (watch.filter(AutoingestJson::fails).isPresent()) {
      return "failing";
    }
    if (running.isEmpty()) {
      return "waiting";
    }
    return running.stream().allMatch(Running::runs) ? "running" : "starting";
  }

  /** Whether the last that was heard of it is a failure. */
  private static boolean fails(Watch watch) {
    return watch
        .failedAt()
        .filter(failed -> watch.answeredAt().filter(failed::isBefore).isEmpty())
        .isPresent();
  }

  private static Optional<String> error(Optional<Watch> watch, List<Running> running) {
    return watch
        .filter(AutoingestJson::fails)
        .or(() -> running.stream().allMatch(r -> r.error().isEmpty()) ? watch : Optional.empty())
        .flatMap(Watch::lastError)
        .or(() -> running.stream().flatMap(r -> r.error().stream()).findFirst());
  }

  private static long lag(Running one, Instant now) {
    return one.stream()
        .waiting()
        .since()
        .map(since -> Math.max(0, Duration.between(since, now).toSeconds()))
        .orElse(0L);
  }

  private static void time(ObjectNode json, String field, Optional<Instant> instant) {
    json.put(field, instant.map(BatchJobJson::timestamp).orElse(null));
  }

  private static ObjectNode counters(ObjectNode counters, StreamCounts all, long waiting) {
    TaskCounts counts = all.counts();
    return counters
        .put("files_waiting", waiting)
        .put("files_done", counts.objects())
        .put("files_skipped", all.skipped())
        .put("bytes_read", counts.storedBytes())
        .put("rows_read", counts.rowsRead())
        .put("rows_written", counts.rowsWritten())
        .put("rows_filtered", counts.rowsFiltered())
        .put("rows_rejected", counts.rowsRejected())
        .put("partitions", all.partitions());
  }
}
