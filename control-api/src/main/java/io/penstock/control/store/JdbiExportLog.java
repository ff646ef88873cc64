package io.penstock.control.store;

import static io.penstock.control.store.JdbiRunStore.time;

import io.penstock.control.export.ExportLog;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What happened to exports, in PostgreSQL. */
public final class JdbiExportLog implements ExportLog {
  private final Database database;

  public JdbiExportLog(Database database) {
    this.database = database;
  }

  @Override
  public void add(UUID export, UUID instance, Instant at, Level level, String message) {
    database
        .jdbi()
        .useHandle(
            h ->
                h.createUpdate(
                        """
                        INSERT INTO export_log (export_id, instance_id, at, level, message)
                        VALUES (:export, :instance, :at, :level, :message)""")
                    .bind("export", export)
                    .bind("instance", instance)
                    .bind("at", time(at))
                    .bind("level", level.name())
                    .bind("message", message.replace("\0", ""))
                    .execute());
  }

  @Override
  public List<Line> list(UUID export, Wanted wanted) {
    return database.jdbi().withHandle(h -> list(h, export, wanted));
  }

  private static List<Line> list(Handle h, UUID export, Wanted wanted) {
    if (wanted.levels().isPresent() && wanted.levels().get().isEmpty()) {
      return List.of();
    }
    StringBuilder sql = new StringBuilder("SELECT * FROM export_log WHERE export_id = :export");
    wanted.instance().ifPresent(id -> sql.append(" AND instance_id = :instance"));
    wanted.after().ifPresent(at -> sql.append(" AND at > :after"));
    wanted.before().ifPresent(at -> sql.append(" AND at < :before"));
    wanted.levels().ifPresent(levels -> sql.append(" AND level IN (<levels>)"));
    wanted
        .search()
        .ifPresent(text -> sql.append(" AND position(lower(:search) in lower(message)) > 0"));
    sql.append(" ORDER BY at DESC, number DESC LIMIT :most");
    Query statement =
        h.createQuery(sql.toString()).bind("export", export).bind("most", wanted.most());
    wanted.instance().ifPresent(id -> statement.bind("instance", id));
    wanted.after().ifPresent(at -> statement.bind("after", time(at)));
    wanted.before().ifPresent(at -> statement.bind("before", time(at)));
    wanted
        .levels()
        .ifPresent(all -> statement.bindList("levels", all.stream().map(Level::name).toList()));
    wanted.search().ifPresent(text -> statement.bind("search", text));
    return statement
        .map(
            (row, context) ->
                new Line(
                    row.getObject("instance_id", UUID.class),
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    Level.valueOf(row.getString("level")),
                    row.getString("message")))
        .list();
  }
}
