package io.penstock.control.store;

import io.penstock.control.export.Export;
import io.penstock.control.export.ExportException;
import io.penstock.control.export.ExportRun;
import io.penstock.control.export.ExportStore;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Exports in PostgreSQL, each as one document beside the columns that are searched. */
public final class JdbiExportStore implements ExportStore {
  private final Database database;

  public JdbiExportStore(Database database) {
    this.database = database;
  }

  @Override
  public void insert(Export export) {
    database
        .jdbi()
        .useHandle(
            h ->
                h.createUpdate(
                        """
                        INSERT INTO export
                        VALUES (:id, :organization, :project, :createdAt, :deleted, :version,
                                :body::jsonb)""")
                    .bind("id", export.id())
                    .bind("organization", export.organization())
                    .bind("project", export.project())
                    .bind("createdAt", export.createdAt().atOffset(ZoneOffset.UTC))
                    .bind("deleted", export.deleted())
                    .bind("version", export.version())
                    .bind("body", Document.json(export))
                    .execute());
  }

  @Override
  public Optional<Export> find(UUID id) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery("SELECT body FROM export WHERE id = :id")
                    .bind("id", id)
                    .map((row, context) -> Document.read(row, Export.class))
                    .findOne());
  }

  @Override
  public List<Export> list(UUID organization) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        SELECT body FROM export
                         WHERE organization_id = :organization AND NOT deleted
                         ORDER BY created_at DESC, id DESC""")
                    .bind("organization", organization)
                    .map((row, context) -> Document.read(row, Export.class))
                    .list());
  }

  @Override
  public List<UUID> all() {
    return database
        .jdbi()
        .withHandle(
            h -> h.createQuery("SELECT id FROM export WHERE NOT deleted").mapTo(UUID.class).list());
  }

  @Override
  public Export update(Export export) {
    return database.jdbi().withHandle(h -> update(h, export));
  }

  private static Export update(Handle h, Export export) {
    Export next = export.withVersion(export.version() + 1);
    int updated =
        h.createUpdate(
                """
                UPDATE export SET deleted = :deleted, version = version + 1, body = :body::jsonb
                 WHERE id = :id AND version = :version""")
            .bind("id", export.id())
            .bind("deleted", export.deleted())
            .bind("version", export.version())
            .bind("body", Document.json(next))
            .execute();
    if (updated == 0) {
      throw new ExportException.Stale(export.id(), export.version());
    }
    return next;
  }

  @Override
  public List<ExportRun> fire(Export export, List<ExportRun> runs) {
    return database
        .jdbi()
        .inTransaction(
            h -> {
              update(h, export);
              return runs.stream().filter(run -> JdbiRunStore.insert(h, run)).toList();
            });
  }
}
