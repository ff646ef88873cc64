package io.penstock.control.store;

import io.penstock.control.arrivals.ArrivalStore;
import io.penstock.control.arrivals.Bundles;
import io.penstock.control.arrivals.Found;
import io.penstock.control.arrivals.StreamKey;
import io.penstock.spec.PlanSegment;
import io.penstock.spec.PlannedTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What has arrived, in PostgreSQL. */
public final class JdbiArrivals implements ArrivalStore {
  private final Database database;

  public JdbiArrivals(Database database) {
    this.database = database;
  }

  /** An object as the statements below take many of them. */
  private record Row(String url, String etag, int task) {
    static Row of(Found object) {
      return new Row(object.url(), object.etag(), 0);
    }

    Row in(int number) {
      return new Row(url, etag, number);
    }
  }

  @Override
  public void take(StreamKey key, List<Found> objects, boolean queued, Instant now) {
    database
        .jdbi()
        .useTransaction(
            h -> {
              JdbiStreams.open(h, key);
              Numbers numbers = locked(h, key);
              Set<Row> fresh = claimed(h, key, numbers, objects, queued, now);
              List<Found> wanted =
                  objects.stream().filter(one -> fresh.contains(Row.of(one))).toList();
              if (!wanted.isEmpty()) {
                plan(h, key, numbers, Bundles.of(wanted, numbers.task(), now), now);
              }
            });
  }

  /** Where a stream's plan goes on. */
  private record Numbers(UUID stream, int segment, int task) {}

  /** Of two servers the second waits here until the first is done. */
  private static Numbers locked(Handle handle, StreamKey key) {
    return JdbiStreams.bound(
            handle.createQuery(
                """
                SELECT id, next_segment, next_task FROM arrival_stream
                 WHERE organization_id = :organization AND table_id = :table
                   AND entry = :entry AND bucket = :bucket
                   FOR UPDATE"""),
            key)
        .map(
            (row, context) ->
                new Numbers(
                    row.getObject("id", UUID.class),
                    row.getInt("next_segment"),
                    row.getInt("next_task")))
        .one();
  }

  /**
   * Those that nobody had before. What was there before the first look is a queue's to bring. In
   * order, so that two who claim the same do not wait for each other.
   */
  private static Set<Row> claimed(
      Handle handle,
      StreamKey key,
      Numbers numbers,
      List<Found> objects,
      boolean queued,
      Instant now) {
    return new HashSet<>(
        handle
            .createQuery(
                """
                INSERT INTO arrival AS a
                       (organization_id, url, etag, queued, taken_at, stream_id)
                SELECT :organization, url, etag, :queued, :now, :stream
                  FROM jsonb_to_recordset(:rows::jsonb) AS r(url text, etag text)
                 ORDER BY url, etag
                    ON CONFLICT (organization_id, url, etag) DO UPDATE
                   SET queued = :queued, taken_at = :now, stream_id = :stream
                 WHERE a.stream_id IS NULL AND :queued
                RETURNING url, etag""")
            .bind("organization", key.organization())
            .bind("queued", queued)
            .bind("now", Times.of(now))
            .bind("stream", numbers.stream())
            .bind("rows", rows(objects))
            .map((row, context) -> new Row(row.getString("url"), row.getString("etag"), 0))
            .list());
  }

  private static void plan(
      Handle handle, StreamKey key, Numbers numbers, List<PlannedTask> tasks, Instant now) {
    List<Row> rows = new ArrayList<>();
    for (PlannedTask task : tasks) {
      handle
          .createUpdate(
              """
              INSERT INTO arrival_task
              VALUES (:stream, :task, :objects, :now, :now, :body::jsonb)""")
          .bind("stream", numbers.stream())
          .bind("task", task.number())
          .bind("objects", task.objects().size())
          .bind("now", Times.of(now))
          .bind("body", JsonText.of(task))
          .execute();
      task.objects()
          .forEach(
              o ->
                  rows.add(
                      Row.of(new Found(key.bucket(), o.key(), o.etag(), o.size(), now))
                          .in(task.number())));
    }
    handle
        .createUpdate(
            """
            UPDATE arrival a SET task = r.task
              FROM jsonb_to_recordset(:rows::jsonb) AS r(url text, etag text, task integer)
             WHERE a.organization_id = :organization AND a.url = r.url AND a.etag = r.etag""")
        .bind("rows", JsonText.of(rows))
        .bind("organization", key.organization())
        .execute();
    JdbiStreams.insert(
        handle, numbers.stream(), new PlanSegment(PlanSegment.VERSION, numbers.segment(), tasks));
    handle
        .createUpdate(
            """
            UPDATE arrival_stream SET next_segment = next_segment + 1, next_task = next_task + :tasks
             WHERE id = :stream""")
        .bind("tasks", tasks.size())
        .bind("stream", numbers.stream())
        .execute();
  }

  @Override
  public void earlier(UUID organization, List<Found> found, Instant now) {
    update(
        """
        INSERT INTO arrival (organization_id, url, etag, queued, taken_at)
        SELECT :organization, url, etag, false, :now
          FROM jsonb_to_recordset(:rows::jsonb) AS r(url text, etag text)
            ON CONFLICT DO NOTHING""",
        Map.of("organization", organization, "now", Times.of(now), "rows", rows(found)));
  }

  @Override
  public Map<Found, Fate> fates(UUID organization, List<Found> objects) {
    Map<Row, Fate> fates = new HashMap<>();
    database
        .jdbi()
        .useHandle(
            h ->
                h.createQuery(
                        """
                        SELECT r.url, r.etag, t.task IS NOT NULL AS waiting
                          FROM jsonb_to_recordset(:rows::jsonb) AS r(url text, etag text)
                          JOIN arrival a ON a.organization_id = :organization
                                        AND a.url = r.url AND a.etag = r.etag
                          LEFT JOIN arrival_task t ON t.stream_id = a.stream_id AND t.task = a.task""")
                    .bind("organization", organization)
                    .bind("rows", rows(objects))
                    .map(
                        (row, context) ->
                            fates.put(
                                new Row(row.getString("url"), row.getString("etag"), 0),
                                row.getBoolean("waiting") ? Fate.WAITING : Fate.SETTLED))
                    .list());
    Map<Found, Fate> result = new HashMap<>();
    objects.forEach(one -> result.put(one, fates.getOrDefault(Row.of(one), Fate.UNKNOWN)));
    return result;
  }

  @Override
  public void forgetQueued(Instant before) {
    update(
        """
        DELETE FROM arrival a WHERE queued AND taken_at < :before
           AND NOT EXISTS (SELECT FROM arrival_task t WHERE t.stream_id = a.stream_id AND t.task = a.task)""",
        Map.of("before", Times.of(before)));
  }

  @Override
  public void forgetGone(
      UUID organization, String after, String to, List<Found> listed, Instant before) {
    update(
        """
        DELETE FROM arrival a
         WHERE organization_id = :organization AND url > :after AND url <= :to
           AND NOT queued AND taken_at < :before
           AND NOT EXISTS (SELECT FROM jsonb_to_recordset(:rows::jsonb) AS r(url text, etag text)
                            WHERE r.url = a.url AND r.etag = a.etag)
           AND NOT EXISTS (SELECT FROM arrival_task t WHERE t.stream_id = a.stream_id AND t.task = a.task)""",
        Map.of(
            "organization",
            organization,
            "after",
            after,
            "to",
            to,
            "before",
            Times.of(before),
            "rows",
            rows(listed)));
  }

  private void update(String sql, Map<String, ?> values) {
    database.jdbi().useHandle(h -> h.createUpdate(sql).bindMap(values).execute());
  }

  private static String rows(List<Found> objects) {
    return JsonText.of(objects.stream().map(Row::of).toList());
  }
}
