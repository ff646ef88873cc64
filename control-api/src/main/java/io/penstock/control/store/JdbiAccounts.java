package io.penstock.control.store;

import io.penstock.control.catalog.CatalogException;
import io.penstock.control.identity.Account;
import io.penstock.control.identity.Account.Kind;
import io.penstock.control.identity.Accounts;
import io.penstock.control.identity.Role;
import io.penstock.spec.SpecJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Accounts in PostgreSQL. */
public final class JdbiAccounts implements Accounts {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String SELECT =
      """
      SELECT a.id, a.kind, a.name, a.token_generation, a.created_at,
             o.id AS organization_id, o.name AS organization_name,
             o.description AS organization_description, o.document AS organization_document,
             o.created_at AS organization_created_at, o.modified_at AS organization_modified_at,
             (SELECT coalesce(jsonb_agg(jsonb_build_object(
                         'id', r.id, 'name', r.name, 'superuser', r.superuser,
                         'policies', r.policies) ORDER BY r.id), '[]')
                FROM account_role ar JOIN role r ON r.id = ar.role_id
               WHERE ar.account_id = a.id) AS roles
        FROM account a JOIN organization o ON o.id = a.organization_id
      """;

  private final Database database;
  private final Clock clock;

  public JdbiAccounts(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Optional<Account> find(UUID id) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(SELECT + " WHERE a.id = :id")
                    .bind("id", id)
                    .map((row, context) -> account(row))
                    .findOne());
  }

  @Override
  public Optional<Account> person(String email) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(SELECT + " WHERE a.kind = 'PERSON' AND lower(a.name) = lower(:email)")
                    .bind("email", email)
                    .map((row, context) -> account(row))
                    .findOne());
  }

  @Override
  public Optional<String> passwordHash(UUID id) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        "SELECT password_hash FROM account WHERE id = :id AND kind = 'PERSON'")
                    .bind("id", id)
                    .mapTo(String.class)
                    .findOne());
  }

  @Override
  public List<Account> services(UUID organization) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        SELECT
                            + """
                             WHERE a.kind = 'SERVICE' AND a.organization_id = :organization
                             ORDER BY a.created_at, a.id""")
                    .bind("organization", organization)
                    .map((row, context) -> account(row))
                    .list());
  }

  @Override
  public void insert(Account service) {
    try {
      database
          .jdbi()
          .useHandle(
              h ->
                  h.createUpdate(
                          """
                          INSERT INTO account (id, organization_id, kind, name, created_at)
                          VALUES (:id, :organization, :kind, :name, :createdAt)""")
                      .bind("id", service.id())
                      .bind("organization", service.organization().id())
                      .bind("kind", service.kind().name())
                      .bind("name", service.name())
                      .bind("createdAt", service.createdAt().atOffset(ZoneOffset.UTC))
                      .execute());
    } catch (UnableToExecuteStatementException e) {
      if (e.getCause() instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
        throw new CatalogException.NameTaken(service.name());
      }
      throw e;
    }
  }

  @Override
  public void delete(UUID id) {
    database.jdbi().useHandle(h -> h.execute("DELETE FROM account WHERE id = ?", id));
  }

  @Override
  public void revokeTokens(UUID id) {
    database
        .jdbi()
        .useHandle(
            h ->
                h.execute(
                    "UPDATE account SET token_generation = token_generation + 1 WHERE id = ?", id));
  }

  @Override
  public boolean bootstrap(String email, Supplier<String> passwordHash) {
    return database
        .jdbi()
        .inTransaction(
            h -> {
              h.execute("LOCK TABLE account IN EXCLUSIVE MODE");
              boolean any =
                  h.createQuery("SELECT EXISTS (SELECT FROM account WHERE kind = 'PERSON')")
                      .mapTo(Boolean.class)
                      .one();
              if (!any) {
                insertSuperuser(h, email, passwordHash.get());
              }
              return !any;
            });
  }

  private void insertSuperuser(Handle h, String email, String passwordHash) {
    UUID id = UUID.randomUUID();
    h.createUpdate(
            """
            INSERT INTO account (id, organization_id, kind, name, password_hash, created_at)
            SELECT :id, o.id, 'PERSON', :email, :hash, :now
              FROM organization o ORDER BY o.created_at, o.id LIMIT 1""")
        .bind("id", id)
        .bind("email", email)
        .bind("hash", passwordHash)
        .bind("now", OffsetDateTime.now(clock))
        .execute();
    h.execute(
        """
        INSERT INTO account_role
        SELECT ?, id FROM role WHERE organization_id IS NULL AND superuser""",
        id);
  }

  private static Account account(ResultSet row) throws SQLException {
    return new Account(
        row.getObject("id", UUID.class),
        OrganizationRow.read(row),
        Kind.valueOf(row.getString("kind")),
        row.getString("name"),
        row.getLong("token_generation"),
        List.of(
            SpecJson.read(row.getString("roles").getBytes(StandardCharsets.UTF_8), Role[].class)),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
