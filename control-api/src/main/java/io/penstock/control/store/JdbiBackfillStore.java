package io.penstock.control.store;

import static io.penstock.control.store.JdbiRunStore.time;

import io.penstock.control.export.Backfill;
import io.penstock.control.export.BackfillStore;
import io.penstock.control.export.ExportException;
import io.penstock.control.export.Place;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Backfills in PostgreSQL, each as one document beside the columns that are searched. */
public final class JdbiBackfillStore implements BackfillStore {
  private final Database database;

  public JdbiBackfillStore(Database database) {
    this.database = database;
  }

  @Override
  public void insert(Backfill backfill, Optional<Integer> most) {
    database
        .jdbi()
        .useTransaction(
            h -> {
              h.createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:lock, 0))::text")
                  .bind("lock", "backfills " + backfill.project())
                  .mapTo(String.class)
                  .one();
              if (most.isPresent() && countActive(h, backfill.project()) >= most.get()) {
                throw new ExportException.TooManyBackfills(most.get());
              }
              if (backfill.exact().isEmpty() && duplicate(h, backfill)) {
                throw new ExportException.DuplicateBackfill();
              }
              add(h, backfill);
            });
  }

  private static boolean duplicate(Handle h, Backfill backfill) {
    return active(h, "export_id", backfill.export()).stream()
        .anyMatch(
            one ->
                one.exact().isEmpty()
                    && one.startAt().equals(backfill.startAt())
                    && one.endAt().equals(backfill.endAt()));
  }

  private static void add(Handle h, Backfill backfill) {
    h.createUpdate(
            """
            INSERT INTO export_backfill
            VALUES (:id, :export, :project, :state, :active, :start::timestamptz, :end, :createdAt, :version,
                    :body::jsonb)""")
        .bind("id", backfill.id())
        .bind("export", backfill.export())
        .bind("project", backfill.project())
        .bind("state", backfill.state().name())
        .bind("active", !backfill.state().isFinal())
        .bind("start", backfill.startAt().map(JdbiRunStore::time).orElse(null))
        .bind("end", time(backfill.endAt()))
        .bind("createdAt", time(backfill.createdAt()))
        .bind("version", backfill.version())
        .bind("body", Document.json(backfill))
        .execute();
  }

  @Override
  public Optional<Backfill> find(UUID id) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery("SELECT body FROM export_backfill WHERE id = :id")
                    .bind("id", id)
                    .map((row, context) -> Document.read(row, Backfill.class))
                    .findOne());
  }

  @Override
  public Backfill update(Backfill backfill) {
    Backfill next = backfill.withVersion(backfill.version() + 1);
    int updated =
        database
            .jdbi()
            .withHandle(
                h ->
                    h.createUpdate(
                            """
                            UPDATE export_backfill
                               SET state = :state, active = :active, version = version + 1,
                                   body = :body::jsonb
                             WHERE id = :id AND version = :version""")
                        .bind("id", backfill.id())
                        .bind("state", backfill.state().name())
                        .bind("active", !backfill.state().isFinal())
                        .bind("version", backfill.version())
                        .bind("body", Document.json(next))
                        .execute());
    if (updated == 0) {
      throw new ExportException.Stale(backfill.id(), backfill.version());
    }
    return next;
  }

  @Override
  public List<UUID> active() {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery("SELECT id FROM export_backfill WHERE active")
                    .mapTo(UUID.class)
                    .list());
  }

  @Override
  public List<Backfill> active(UUID export) {
    return database.jdbi().withHandle(h -> active(h, "export_id", export));
  }

  private static List<Backfill> active(Handle h, String column, UUID value) {
    return h.createQuery(
            "SELECT body FROM export_backfill WHERE active AND " + column + " = :value")
        .bind("value", value)
        .map((row, context) -> Document.read(row, Backfill.class))
        .list();
  }

  @Override
  public int countActive(UUID project) {
    return database.jdbi().withHandle(h -> countActive(h, project));
  }

  private static int countActive(Handle h, UUID project) {
    return active(h, "project_id", project).size();
  }

  @Override
  public List<Backfill> page(
      UUID export, Order order, boolean descending, Optional<Place> after, int most) {
    String key = order == Order.CREATED ? "created_at" : "coalesce(start_at, '-infinity')";
    String sql =
        "SELECT body FROM export_backfill WHERE export_id = :export"
            + Pages.after(key, descending, after)
            + Pages.order(key, descending, most);
    return database
        .jdbi()
        .withHandle(
            h -> {
              Query statement = h.createQuery(sql).bind("export", export);
              Pages.bind(statement, after);
              return statement.map((row, context) -> Document.read(row, Backfill.class)).list();
            });
  }
}
