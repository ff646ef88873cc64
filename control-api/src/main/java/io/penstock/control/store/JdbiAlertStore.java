package io.penstock.control.store;

import io.penstock.control.export.AlertMessage;
import io.penstock.control.export.AlertStore;
import io.penstock.control.export.AlertTarget;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Messages and their targets in PostgreSQL. */
public final class JdbiAlertStore implements AlertStore {
  private final Database database;

  public JdbiAlertStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<AlertTarget> target(UUID export) {
    return one("SELECT body FROM export_alert WHERE export_id = :id", export, AlertTarget.class);
  }

  private <T> Optional<T> one(String sql, UUID id, Class<T> type) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(sql)
                    .bind("id", id)
                    .map((row, context) -> Document.read(row, type))
                    .findOne());
  }

  @Override
  public void put(UUID export, AlertTarget target) {
    database
        .jdbi()
        .useHandle(
            h ->
                h.createUpdate(
                        """
                        INSERT INTO export_alert VALUES (:export, :body::jsonb)
                        ON CONFLICT (export_id) DO UPDATE SET body = :body::jsonb""")
                    .bind("export", export)
                    .bind("body", Document.json(target))
                    .execute());
  }

  @Override
  public boolean delete(UUID export) {
    return changed("DELETE FROM export_alert WHERE export_id = :id", export) > 0;
  }

  private int changed(String sql, UUID id) {
    return database.jdbi().withHandle(h -> h.createUpdate(sql).bind("id", id).execute());
  }

  @Override
  public void add(AlertMessage message) {
    database
        .jdbi()
        .useHandle(
            h ->
                h.createUpdate(
                        "INSERT INTO export_alert_message VALUES (:id, :export, :body::jsonb)")
                    .bind("id", message.id())
                    .bind("export", message.export())
                    .bind("body", Document.json(message))
                    .execute());
  }

  @Override
  public Optional<AlertMessage> find(UUID id) {
    return one("SELECT body FROM export_alert_message WHERE id = :id", id, AlertMessage.class);
  }

  @Override
  public void update(AlertMessage message) {
    database
        .jdbi()
        .useHandle(
            h ->
                h.createUpdate("UPDATE export_alert_message SET body = :body::jsonb WHERE id = :id")
                    .bind("id", message.id())
                    .bind("body", Document.json(message))
                    .execute());
  }

  @Override
  public void remove(UUID id) {
    changed("DELETE FROM export_alert_message WHERE id = :id", id);
  }

  @Override
  public List<UUID> waiting() {
    return database
        .jdbi()
        .withHandle(
            h -> h.createQuery("SELECT id FROM export_alert_message").mapTo(UUID.class).list());
  }
}
