package io.penstock.control.store;

import io.penstock.control.catalog.CatalogException;
import io.penstock.control.export.Destination;
import io.penstock.control.export.Integration;
import io.penstock.control.export.Integrations;
import io.penstock.control.job.Principal;
import io.penstock.spec.SealedSecret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Integrations in PostgreSQL; their keys are sealed. */
public final class JdbiIntegrations implements Integrations {
  private final Database database;

  public JdbiIntegrations(Database database) {
    this.database = database;
  }

  @Override
  public Integration insert(Integration integration) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        INSERT INTO integration (project_id, kind, name, endpoint, role, secret,
                                                 created_by_id, created_by_name, created_at)
                        VALUES (:project, :kind, :name, :endpoint, :role, :secret, :byId, :byName,
                                :at)
                        ON CONFLICT (project_id, name) DO NOTHING
                        RETURNING *""")
                    .bind("project", integration.project())
                    .bind("kind", integration.kind().name())
                    .bind("name", integration.name())
                    .bind("endpoint", integration.endpoint().orElse(null))
                    .bind("role", integration.role().orElse(null))
                    .bind("secret", integration.secret().map(SealedSecret::text).orElse(null))
                    .bind("byId", integration.createdBy().id())
                    .bind("byName", integration.createdBy().name())
                    .bind("at", JdbiRunStore.time(integration.createdAt()))
                    .map((row, context) -> integration(row))
                    .findOne())
        .orElseThrow(() -> new CatalogException.NameTaken(integration.name()));
  }

  @Override
  public Optional<Integration> find(UUID project, int number) {
    return list(project).stream().filter(one -> one.number() == number).findFirst();
  }

  @Override
  public List<Integration> list(UUID project) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        SELECT * FROM integration WHERE project_id = :project
                         ORDER BY created_at, number""")
                    .bind("project", project)
                    .map((row, context) -> integration(row))
                    .list());
  }

  @Override
  public void delete(int number) {
    database
        .jdbi()
        .useHandle(
            h ->
                h.createUpdate("DELETE FROM integration WHERE number = :number")
                    .bind("number", number)
                    .execute());
  }

  private static Integration integration(ResultSet row) throws SQLException {
    return new Integration(
        row.getInt("number"),
        row.getObject("project_id", UUID.class),
        Destination.Type.valueOf(row.getString("kind")),
        row.getString("name"),
        Optional.ofNullable(row.getString("endpoint")),
        Optional.ofNullable(row.getString("role")),
        Optional.ofNullable(row.getString("secret")).map(SealedSecret::new),
        new Principal(row.getObject("created_by_id", UUID.class), row.getString("created_by_name")),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
