package io.penstock.control.store;

import io.penstock.control.arrivals.Watch;
import io.penstock.control.arrivals.WatchKey;
import io.penstock.control.arrivals.Watches;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Feeds and who watches them, in PostgreSQL. */
public final class JdbiWatches implements Watches {
  private final Database database;

  public JdbiWatches(Database database) {
    this.database = database;
  }

  @Override
  public boolean lead(UUID server, Instant now, Duration lease) {
    return update(
            """
            INSERT INTO arrival_lead AS l (server, expires) VALUES (:server, :expires)
            ON CONFLICT (one) DO UPDATE SET server = :server, expires = :expires
             WHERE l.server = :server OR l.expires < :now""",
            Map.of("server", server, "expires", Times.of(now.plus(lease)), "now", Times.of(now)))
        > 0;
  }

  @Override
  public void open(WatchKey key, Instant since) {
    update(
        """
        INSERT INTO arrival_watch (organization_id, feed, since)
        VALUES (:organization, :feed, :since) ON CONFLICT DO NOTHING""",
        with(key, "since", Times.of(since)));
  }

  @Override
  public Optional<Watch> find(WatchKey key) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        SELECT * FROM arrival_watch
                         WHERE organization_id = :organization AND feed = :feed""")
                    .bind("organization", key.organization())
                    .bind("feed", key.feed())
                    .map((row, context) -> watch(row))
                    .findOne());
  }

  private static Watch watch(ResultSet row) throws SQLException {
    return new Watch(
        Times.read(row, "since").orElseThrow(),
        row.getBoolean("baselined"),
        row.getLong("unmatched"),
        Times.read(row, "answered_at"),
        Times.read(row, "failed_at"),
        Optional.ofNullable(row.getString("last_error")));
  }

  @Override
  public void baselined(WatchKey key) {
    set("baselined = :value", key, true);
  }

  @Override
  public void answered(WatchKey key, Instant now) {
    set("answered_at = :value", key, Times.of(now));
  }

  @Override
  public void unmatched(WatchKey key, long objects) {
    set("unmatched = unmatched + :value", key, objects);
  }

  @Override
  public void failed(WatchKey key, Instant now, String reason) {
    set("last_error = :value", key, reason.replace("\0", ""));
    set("failed_at = :value", key, Times.of(now));
  }

  private void set(String what, WatchKey key, Object value) {
    int unused =
        update(
            """
            UPDATE arrival_watch SET %s
             WHERE organization_id = :organization AND feed = :feed"""
                .formatted(what),
            with(key, "value", value));
  }

  @Override
  public void keepOnly(Set<WatchKey> keys) {
    List<WatchKey> all =
        database
            .jdbi()
            .withHandle(
                h ->
                    h.createQuery("SELECT organization_id, feed FROM arrival_watch")
                        .map(
                            (row, context) ->
                                new WatchKey(
                                    row.getObject("organization_id", UUID.class),
                                    row.getString("feed")))
                        .list());
    all.stream()
        .filter(key -> !keys.contains(key))
        .forEach(
            key ->
                update(
                    """
                    DELETE FROM arrival_watch
                     WHERE organization_id = :organization AND feed = :feed""",
                    Map.of("organization", key.organization(), "feed", key.feed())));
  }

  private static Map<String, Object> with(WatchKey key, String name, Object value) {
    return Map.of("organization", key.organization(), "feed", key.feed(), name, value);
  }

  private int update(String sql, Map<String, ?> values) {
    return database.jdbi().withHandle(h -> h.createUpdate(sql).bindMap(values).execute());
  }
}
