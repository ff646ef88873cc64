package io.penstock.control.store;

import static io.penstock.control.store.JdbiRunStore.time;

import io.penstock.control.export.DataInterval;
import io.penstock.control.export.Ledger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What exports have committed, in PostgreSQL. */
public final class JdbiLedger implements Ledger {
  private final Database database;

  public JdbiLedger(Database database) {
    this.database = database;
  }

  @Override
  public void put(UUID export, Entry entry) {
    database
        .jdbi()
        .useHandle(
            h ->
                h.createUpdate(
                        """
                        INSERT INTO export_ledger
                        VALUES (:export, coalesce(:start::timestamptz, '-infinity'), :end, :run,
                                :body::jsonb)
                        ON CONFLICT (export_id, interval_start, interval_end)
                        DO UPDATE SET run_id = :run, body = :body::jsonb""")
                    .bind("export", export)
                    .bind("start", start(entry.interval()))
                    .bind("end", time(entry.interval().end()))
                    .bind("run", entry.run())
                    .bind("body", Document.json(entry))
                    .execute());
  }

  private static OffsetDateTime start(DataInterval interval) {
    return interval.start().map(JdbiRunStore::time).orElse(null);
  }

  @Override
  public List<Entry> list(UUID export, Instant start, Instant end) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        SELECT body FROM export_ledger
                         WHERE export_id = :export AND interval_start < :end AND interval_end > :start
                         ORDER BY interval_end, interval_start""")
                    .bind("export", export)
                    .bind("start", time(start))
                    .bind("end", time(end))
                    .map((row, context) -> Document.read(row, Entry.class))
                    .list());
  }

  @Override
  public Optional<Entry> of(UUID export, DataInterval interval) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        SELECT body FROM export_ledger
                         WHERE export_id = :export AND interval_end = :end
                           AND interval_start = coalesce(:start::timestamptz, '-infinity')""")
                    .bind("export", export)
                    .bind("start", start(interval))
                    .bind("end", time(interval.end()))
                    .map((row, context) -> Document.read(row, Entry.class))
                    .findOne());
  }

  @Override
  public Optional<Entry> ofRun(UUID run) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery("SELECT body FROM export_ledger WHERE run_id = :run")
                    .bind("run", run)
                    .map((row, context) -> Document.read(row, Entry.class))
                    .findOne());
  }
}
