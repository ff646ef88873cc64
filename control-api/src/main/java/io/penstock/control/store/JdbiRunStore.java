package io.penstock.control.store;

import io.penstock.control.export.ExportException;
import io.penstock.control.export.ExportRun;
import io.penstock.control.export.RunState;
import io.penstock.control.export.RunStore;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Runs of exports in PostgreSQL, each as one document beside the columns that are searched. */
public final class JdbiRunStore implements RunStore {
  private final Database database;

  public JdbiRunStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean insert(ExportRun run) {
    return database.jdbi().withHandle(h -> insert(h, run));
  }

  static boolean insert(Handle h, ExportRun run) {
    return h.createUpdate(
                """
                INSERT INTO export_run
                VALUES (:id, :export, :backfill::uuid, :retry, :state, :active, :start::timestamptz, :end, :createdAt,
                        :updatedAt, :version, :body::jsonb)
                ON CONFLICT (export_id, interval_end, retry) WHERE backfill_id IS NULL
                DO NOTHING""")
            .bind("id", run.id())
            .bind("export", run.export())
            .bind("backfill", run.backfill().orElse(null))
            .bind("retry", run.retry())
            .bind("state", run.state().name())
            .bind("active", !run.state().isFinal())
            .bind("start", run.interval().start().map(JdbiRunStore::time).orElse(null))
            .bind("end", time(run.interval().end()))
            .bind("createdAt", time(run.createdAt()))
            .bind("updatedAt", time(run.updatedAt()))
            .bind("version", run.version())
            .bind("body", Document.json(run))
            .execute()
        > 0;
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  @Override
  public ExportRun update(ExportRun run) {
    ExportRun next = run.withVersion(run.version() + 1);
    int updated =
        database
            .jdbi()
            .withHandle(
                h ->
                    h.createUpdate(
                            """
                            UPDATE export_run
                               SET state = :state, active = :active, updated_at = :updatedAt,
                                   version = version + 1, body = :body::jsonb
                             WHERE id = :id AND version = :version""")
                        .bind("id", run.id())
                        .bind("state", run.state().name())
                        .bind("active", !run.state().isFinal())
                        .bind("updatedAt", time(run.updatedAt()))
                        .bind("version", run.version())
                        .bind("body", Document.json(next))
                        .execute());
    if (updated == 0) {
      throw new ExportException.Stale(run.id(), run.version());
    }
    return next;
  }

  @Override
  public Optional<ExportRun> find(UUID id) {
    return runs("WHERE id = :value", id).stream().findFirst();
  }

  @Override
  public List<ExportRun> active(UUID export) {
    return runs("WHERE export_id = :value AND active ORDER BY created_at, id", export);
  }

  @Override
  public List<ExportRun> ofBackfill(UUID backfill) {
    return runs("WHERE backfill_id = :value ORDER BY interval_end, created_at, id", backfill);
  }

  @Override
  public List<ExportRun> lastChanged(UUID export, int most) {
    return runs("WHERE export_id = :value ORDER BY updated_at DESC, id DESC LIMIT " + most, export);
  }

  private List<ExportRun> runs(String where, UUID value) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery("SELECT body FROM export_run " + where)
                    .bind("value", value)
                    .map((row, context) -> Document.read(row, ExportRun.class))
                    .list());
  }

  @Override
  public List<UUID> active() {
    return database
        .jdbi()
        .withHandle(
            h -> h.createQuery("SELECT id FROM export_run WHERE active").mapTo(UUID.class).list());
  }

  @Override
  public List<ExportRun> page(Wanted wanted) {
    return database.jdbi().withHandle(h -> page(h, wanted));
  }

  private static List<ExportRun> page(Handle h, Wanted wanted) {
    boolean created = wanted.order() == Order.CREATED;
    String key = created ? "created_at" : "coalesce(interval_start, '-infinity')";
    StringBuilder sql = new StringBuilder("SELECT body FROM export_run WHERE export_id = :export");
    wanted.from().ifPresent(from -> sql.append(" AND " + key + " >= :from"));
    wanted
        .to()
        .ifPresent(
            to -> sql.append(created ? " AND created_at <= :to" : " AND interval_end <= :to"));
    if (!wanted.states().isEmpty()) {
      sql.append(" AND state IN (<states>)");
    }
    sql.append(Pages.after(key, wanted.descending(), wanted.after()));
    sql.append(Pages.order(key, wanted.descending(), wanted.most()));
    Query statement = h.createQuery(sql.toString()).bind("export", wanted.export());
    wanted.from().ifPresent(from -> statement.bind("from", time(from)));
    wanted.to().ifPresent(to -> statement.bind("to", time(to)));
    if (!wanted.states().isEmpty()) {
      statement.bindList("states", wanted.states().stream().map(RunState::name).toList());
    }
    Pages.bind(statement, wanted.after());
    return statement.map((row, context) -> Document.read(row, ExportRun.class)).list();
  }
}
