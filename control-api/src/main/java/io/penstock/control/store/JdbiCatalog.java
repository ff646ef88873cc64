package io.penstock.control.store;

import io.penstock.control.catalog.Caller;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.CatalogException;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.catalog.Permissions;
import io.penstock.control.job.Principal;
import io.penstock.control.job.TableRef;
import io.penstock.spec.SealedSecret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** The catalog in PostgreSQL. Of keys only hashes are kept. */
public final class JdbiCatalog implements Catalog {
  private static final String UNIQUE_VIOLATION = "23505";

  private final Database database;
  private final Clock clock;

  public JdbiCatalog(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Optional<Caller> caller(String apiKey) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        SELECT k.id, k.name, o.id AS organization_id, o.name AS organization_name,
                               o.description AS organization_description,
                               o.document AS organization_document,
                               o.created_at AS organization_created_at,
                               o.modified_at AS organization_modified_at
                          FROM api_key k JOIN organization o ON o.id = k.organization_id
                         WHERE k.key_sha256 = :hash""")
                    .bind("hash", Sha256.of(apiKey))
                    .map(
                        (row, context) ->
                            new Caller(
                                OrganizationRow.read(row),
                                new Principal(
                                    row.getObject("id", UUID.class), row.getString("name")),
                                Permissions.ALL))
                    .findOne());
  }

  @Override
  public boolean bootstrap(String organization, String apiKey) {
    return database
        .jdbi()
        .inTransaction(
            h -> {
              h.execute("LOCK TABLE organization IN EXCLUSIVE MODE");
              if (h.createQuery("SELECT count(*) FROM organization").mapTo(Long.class).one() > 0) {
                return false;
              }
              UUID id = UUID.randomUUID();
              h.createUpdate("INSERT INTO organization VALUES (:id, :name, :now)")
                  .bind("id", id)
                  .bind("name", organization)
                  .bind("now", OffsetDateTime.now(clock))
                  .execute();
              h.createUpdate(
                      "INSERT INTO api_key VALUES (:id, :organization, 'admin', :hash, :now)")
                  .bind("id", UUID.randomUUID())
                  .bind("organization", id)
                  .bind("hash", Sha256.of(apiKey))
                  .bind("now", OffsetDateTime.now(clock))
                  .execute();
              return true;
            });
  }

  @Override
  public <T> T changing(UUID organization, Supplier<T> work) {
    return database
        .jdbi()
        .inTransaction(
            h -> {
              // Statements of the work run in this transaction: JDBI keeps a thread's handle.
              h.createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:lock, 0))::text")
                  .bind("lock", "catalog " + organization)
                  .mapTo(String.class)
                  .one();
              return work.get();
            });
  }

  @Override
  public void insert(CatalogObject object) {
    naming(
        object,
        () ->
            database
                .jdbi()
                .useHandle(
                    h ->
                        bound(
                                h.createUpdate(
                                    """
                                    INSERT INTO catalog_object
                                    VALUES (:id, :organization, :kind, :parent, :name, :description,
                                            :document::jsonb, :secret, :createdAt, :modifiedAt)"""),
                                object)
                            .execute()));
  }

  @Override
  public void update(CatalogObject object) {
    naming(
        object,
        () ->
            database
                .jdbi()
                .useHandle(
                    h ->
                        bound(
                                h.createUpdate(
                                    """
                                    UPDATE catalog_object
                                       SET name = :name, description = :description,
                                           document = :document::jsonb, secret = :secret,
                                           modified_at = :modifiedAt
                                     WHERE id = :id AND organization_id = :organization"""),
                                object)
                            .execute()));
  }

  private static void naming(CatalogObject object, Runnable statement) {
    try {
      statement.run();
    } catch (UnableToExecuteStatementException e) {
      if (e.getCause() instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
        throw String.valueOf(sql.getMessage()).contains("catalog_object_pkey")
            ? new CatalogException.IdTaken(object.id())
            : new CatalogException.NameTaken(object.name());
      }
      throw e;
    }
  }

  private static <S extends SqlStatement<S>> S bound(S statement, CatalogObject object) {
    return statement
        .bind("id", object.id())
        .bind("organization", object.organization())
        .bind("kind", object.kind().name())
        .bind("parent", object.parent())
        .bind("name", object.name())
        .bind("description", object.description().orElse(null))
        .bind("document", object.document())
        .bind("secret", object.secret().map(SealedSecret::text).orElse(null))
        .bind("createdAt", OffsetDateTime.ofInstant(object.createdAt(), ZoneOffset.UTC))
        .bind("modifiedAt", OffsetDateTime.ofInstant(object.modifiedAt(), ZoneOffset.UTC));
  }

  @Override
  public Optional<CatalogObject> find(UUID organization, Kind kind, UUID id) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        SELECT * FROM catalog_object
                         WHERE id = :id AND organization_id = :organization AND kind = :kind""")
                    .bind("id", id)
                    .bind("organization", organization)
                    .bind("kind", kind.name())
                    .map((row, context) -> object(row))
                    .findOne());
  }

  @Override
  public Optional<TableRef> table(UUID id) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        SELECT p.id AS project_id, p.name AS project, t.id, t.name
                          FROM catalog_object t JOIN catalog_object p ON p.id = t.parent_id
                         WHERE t.id = :id AND t.kind = 'TABLE'""")
                    .bind("id", id)
                    .map(
                        (row, context) ->
                            new TableRef(
                                row.getObject("project_id", UUID.class),
                                row.getString("project"),
                                row.getObject("id", UUID.class),
                                row.getString("name")))
                    .findOne());
  }

  @Override
  public Optional<CatalogObject> named(UUID organization, Kind kind, UUID parent, String name) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        SELECT * FROM catalog_object
                         WHERE organization_id = :organization AND kind = :kind
                           AND parent_id = :parent AND name = :name""")
                    .bind("organization", organization)
                    .bind("kind", kind.name())
                    .bind("parent", parent)
                    .bind("name", name)
                    .map((row, context) -> object(row))
                    .findOne());
  }

  @Override
  public List<CatalogObject> tables() {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        "SELECT * FROM catalog_object WHERE kind = 'TABLE' ORDER BY created_at, id")
                    .map((row, context) -> object(row))
                    .list());
  }

  @Override
  public List<CatalogObject> list(UUID organization, Kind kind, UUID parent) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        SELECT * FROM catalog_object
                         WHERE organization_id = :organization AND kind = :kind AND parent_id = :parent
                         ORDER BY created_at, id""")
                    .bind("organization", organization)
                    .bind("kind", kind.name())
                    .bind("parent", parent)
                    .map((row, context) -> object(row))
                    .list());
  }

  @Override
  public void delete(UUID organization, UUID id) {
    database
        .jdbi()
        .useHandle(
            h ->
                h.createUpdate(
                        """
                        WITH RECURSIVE doomed AS (
                            SELECT id FROM catalog_object
                             WHERE id = :id AND organization_id = :organization
                            UNION ALL
                            SELECT c.id FROM catalog_object c JOIN doomed d ON c.parent_id = d.id)
                        DELETE FROM catalog_object WHERE id IN (SELECT id FROM doomed)""")
                    .bind("id", id)
                    .bind("organization", organization)
                    .execute());
  }

  private static CatalogObject object(ResultSet row) throws SQLException {
    return new CatalogObject(
        row.getObject("id", UUID.class),
        row.getObject("organization_id", UUID.class),
        Kind.valueOf(row.getString("kind")),
        row.getObject("parent_id", UUID.class),
        row.getString("name"),
        Optional.ofNullable(row.getString("description")),
        row.getString("document"),
        Optional.ofNullable(row.getString("secret")).map(SealedSecret::new),
        instant(row, "created_at"),
        instant(row, "modified_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
