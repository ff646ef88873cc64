package io.penstock.control.store;

import io.penstock.control.arrivals.Stream;
import io.penstock.control.arrivals.StreamCounts;
import io.penstock.control.arrivals.StreamKey;
import io.penstock.control.arrivals.Streams;
import io.penstock.spec.PlanSegment;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.TaskRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** What jobs without an end are fed with, in PostgreSQL. */
public final class JdbiStreams implements Streams {
  private final Database database;

  public JdbiStreams(Database database) {
    this.database = database;
  }

  @Override
  public void open(StreamKey key) {
    database.jdbi().useHandle(h -> open(h, key));
  }

  static void open(Handle handle, StreamKey key) {
    bound(
            handle.createUpdate(
                """
                INSERT INTO arrival_stream (id, organization_id, table_id, entry, bucket, counts)
                VALUES (:id, :organization, :table, :entry, :bucket, :counts::jsonb)
                    ON CONFLICT DO NOTHING"""),
            key)
        .bind("id", UUID.randomUUID())
        .bind("counts", JsonText.of(StreamCounts.ZERO))
        .execute();
  }

  static <S extends SqlStatement<S>> S bound(S statement, StreamKey key) {
    return statement
        .bind("organization", key.organization())
        .bind("table", key.table())
        .bind("entry", key.entry())
        .bind("bucket", key.bucket());
  }

  @Override
  public Map<UUID, List<PlanSegment>> unwritten() {
    Map<UUID, List<PlanSegment>> unwritten = new LinkedHashMap<>();
    database
        .jdbi()
        .useHandle(
            h ->
                h.createQuery("SELECT * FROM arrival_segment ORDER BY stream_id, segment")
                    .map(
                        (row, context) ->
                            unwritten
                                .computeIfAbsent(
                                    row.getObject("stream_id", UUID.class), id -> new ArrayList<>())
                                .add(JsonText.read(row.getString("body"), PlanSegment.class)))
                    .list());
    return unwritten;
  }

  @Override
  public void written(UUID stream, int segment) {
    database
        .jdbi()
        .useHandle(
            h ->
                h.createUpdate(
                        "DELETE FROM arrival_segment WHERE stream_id = :stream AND segment = :segment")
                    .bind("stream", stream)
                    .bind("segment", segment)
                    .execute());
  }

  @Override
  public void replan(Instant before, Instant now) {
    database
        .jdbi()
        .useTransaction(
            h ->
                h.createQuery(
                        """
                        SELECT t.stream_id, t.body
                          FROM arrival_task t JOIN arrival_stream s ON s.id = t.stream_id
                         WHERE t.planned_at < :before
                           AND (t.task < s.highest_settled
                                OR coalesce(s.loaded_at, '-infinity') < :before)
                         ORDER BY t.stream_id, t.task FOR UPDATE OF s""")
                    .bind("before", Times.of(before))
                    .map((row, context) -> new Overtaken(row))
                    .list()
                    .forEach(one -> replan(h, one, now)));
  }

  /** A task that waits behind settled ones. */
  private record Overtaken(UUID stream, PlannedTask task) {
    Overtaken(ResultSet row) throws SQLException {
      this(
          row.getObject("stream_id", UUID.class),
          JsonText.read(row.getString("body"), PlannedTask.class));
    }
  }

  private static void replan(Handle handle, Overtaken one, Instant now) {
    int segment =
        handle
            .createQuery(
                """
                UPDATE arrival_stream SET next_segment = next_segment + 1
                 WHERE id = :stream RETURNING next_segment - 1""")
            .bind("stream", one.stream())
            .mapTo(Integer.class)
            .one();
    insert(
        handle, one.stream(), new PlanSegment(PlanSegment.VERSION, segment, List.of(one.task())));
    handle
        .createUpdate(
            "UPDATE arrival_task SET planned_at = :now WHERE stream_id = :stream AND task = :task")
        .bind("now", Times.of(now))
        .bind("stream", one.stream())
        .bind("task", one.task().number())
        .execute();
  }

  static void insert(Handle handle, UUID stream, PlanSegment segment) {
    handle
        .createUpdate("INSERT INTO arrival_segment VALUES (:stream, :segment, :body::jsonb)")
        .bind("stream", stream)
        .bind("segment", segment.segment())
        .bind("body", JsonText.of(segment))
        .execute();
  }

  @Override
  public SortedSet<Integer> waiting(UUID stream) {
    List<Integer> tasks =
        database
            .jdbi()
            .withHandle(
                h ->
                    h.createQuery("SELECT task FROM arrival_task WHERE stream_id = :stream")
                        .bind("stream", stream)
                        .mapTo(Integer.class)
                        .list());
    return new TreeSet<>(tasks);
  }

  @Override
  public void settle(UUID stream, List<TaskRecord> records, Instant now) {
    database
        .jdbi()
        .useTransaction(
            h -> {
              Optional<StreamCounts> before =
                  h.createQuery("SELECT counts FROM arrival_stream WHERE id = :id FOR UPDATE")
                      .bind("id", stream)
                      .map(
                          (row, context) ->
                              JsonText.read(row.getString("counts"), StreamCounts.class))
                      .findOne();
              if (before.isPresent()) {
                settle(h, stream, before.get(), records, now);
              }
            });
  }

  /** Another server may have settled some of them. */
  private static void settle(
      Handle handle, UUID stream, StreamCounts before, List<TaskRecord> records, Instant now) {
    StreamCounts counts = before;
    Optional<String> error = Optional.empty();
    int highest = -1;
    for (TaskRecord record : records) {
      int task = record.task().number();
      highest = Math.max(highest, task);
      int settled =
          handle
              .createUpdate("DELETE FROM arrival_task WHERE stream_id = :stream AND task = :task")
              .bind("stream", stream)
              .bind("task", task)
              .execute();
      if (settled > 0) {
        counts = counts.plus(record);
        for (TaskRecord.SkippedObject skipped : record.skipped()) {
          error = Optional.of(skipped.url() + " was skipped: " + skipped.reason());
          handle
              .createUpdate(
                  """
                  DELETE FROM arrival
                   WHERE stream_id = :stream AND task = :task AND url = :url AND queued""")
              .bind("stream", stream)
              .bind("task", task)
              .bind("url", skipped.url())
              .execute();
        }
      }
    }
    handle
        .createUpdate(
            """
            UPDATE arrival_stream
               SET counts = :counts::jsonb, loaded_at = :now,
                   highest_settled = greatest(highest_settled, :highest),
                   last_error = coalesce(:error, last_error)
             WHERE id = :stream""")
        .bind("counts", JsonText.of(counts))
        .bind("highest", highest)
        .bind("now", Times.of(now))
        .bind("error", error.map(text -> text.replace("\0", "")).orElse(null))
        .bind("stream", stream)
        .execute();
  }

  @Override
  public void release(UUID stream) {
    database
        .jdbi()
        .useTransaction(
            h -> {
              h.createQuery("SELECT id FROM arrival_stream WHERE id = :stream FOR UPDATE")
                  .bind("stream", stream)
                  .mapTo(UUID.class)
                  .list();
              h.createUpdate(
                      """
                      DELETE FROM arrival a USING arrival_task t
                       WHERE t.stream_id = :stream AND a.stream_id = :stream AND a.task = t.task""")
                  .bind("stream", stream)
                  .execute();
              h.createUpdate("DELETE FROM arrival_stream WHERE id = :stream")
                  .bind("stream", stream)
                  .execute();
            });
  }

  @Override
  public List<Stream> all() {
    return list("", Map.of());
  }

  @Override
  public List<Stream> of(UUID table) {
    return list("WHERE table_id = :table", Map.of("table", table));
  }

  private List<Stream> list(String which, Map<String, ?> values) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        SELECT s.*, w.objects, w.since
                          FROM arrival_stream s
                          LEFT JOIN (SELECT stream_id, sum(objects) AS objects, min(taken_at) AS since
                                       FROM arrival_task GROUP BY stream_id) w ON w.stream_id = s.id
                         %s ORDER BY number"""
                            .formatted(which))
                    .bindMap(values)
                    .map((row, context) -> stream(row))
                    .list());
  }

  private static Stream stream(ResultSet row) throws SQLException {
    return new Stream(
        row.getObject("id", UUID.class),
        new StreamKey(
            row.getObject("organization_id", UUID.class),
            row.getObject("table_id", UUID.class),
            row.getString("entry"),
            row.getString("bucket")),
        JsonText.read(row.getString("counts"), StreamCounts.class),
        Times.read(row, "loaded_at"),
        Optional.ofNullable(row.getString("last_error")),
        new Stream.Waiting(row.getLong("objects"), Times.read(row, "since")));
  }
}
