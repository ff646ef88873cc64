package io.penstock.control.store;

import io.penstock.control.catalog.Caller;
import io.penstock.control.catalog.Permissions;
import io.penstock.control.identity.PersonalKey;
import io.penstock.control.identity.PersonalKeys;
import io.penstock.control.job.Principal;
import io.penstock.spec.SpecJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Personal keys in PostgreSQL, of which only hashes are kept. */
public final class JdbiPersonalKeys implements PersonalKeys {
  private static final String SELECT =
      """
      SELECT k.*, a.number, a.name AS email, o.id AS organization_id,
             o.name AS organization_name, o.description AS organization_description,
             o.document AS organization_document, o.created_at AS organization_created_at,
             o.modified_at AS organization_modified_at
        FROM personal_key k
        JOIN account a ON a.id = k.account_id
        JOIN organization o ON o.id = a.organization_id
      """;

  private final Database database;
  private final Clock clock;

  public JdbiPersonalKeys(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Optional<Caller> caller(String credential) {
    return credential.startsWith(PREFIX)
        ? one("WHERE k.key_sha256 = :value", Sha256.of(credential)).map(JdbiPersonalKeys::caller)
        : Optional.empty();
  }

  private static Caller caller(PersonalKey key) {
    return new Caller(key.organization(), new Principal(key.id(), key.label()), Permissions.NONE);
  }

  @Override
  public Optional<PersonalKey> find(UUID id) {
    return one("WHERE k.id = :value", id);
  }

  private Optional<PersonalKey> one(String where, Object value) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(SELECT + where)
                    .bind("value", value)
                    .map((row, context) -> key(row))
                    .findOne());
  }

  @Override
  public UUID insert(
      UUID account,
      String label,
      String value,
      Set<String> scopes,
      List<Integer> projects,
      List<UUID> organizations) {
    return database
        .jdbi()
        .withHandle(h -> insert(h, account, label, value, scopes, projects, organizations));
  }

  private UUID insert(
      Handle h,
      UUID account,
      String label,
      String value,
      Set<String> scopes,
      List<Integer> projects,
      List<UUID> organizations) {
    UUID id = UUID.randomUUID();
    h.createUpdate(
            """
            INSERT INTO personal_key
            VALUES (:id, :account, :label, :hash, :scopes::jsonb, :projects::jsonb,
                    :organizations::jsonb, :now)""")
        .bind("id", id)
        .bind("account", account)
        .bind("label", label)
        .bind("hash", Sha256.of(value))
        .bind("scopes", json(scopes.stream().sorted().toList()))
        .bind("projects", json(projects))
        .bind("organizations", json(organizations))
        .bind("now", clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
        .execute();
    return id;
  }

  @Override
  public boolean bootstrap(String value) {
    return database
        .jdbi()
        .inTransaction(
            h -> {
              h.execute("LOCK TABLE personal_key IN EXCLUSIVE MODE");
              if (h.createQuery("SELECT count(*) FROM personal_key").mapTo(Long.class).one() > 0) {
                return false;
              }
              Optional<UUID> person =
                  h.createQuery(
                          """
                          SELECT a.id FROM account a JOIN organization o ON o.id = a.organization_id
                           WHERE a.kind = 'PERSON' ORDER BY o.created_at, a.created_at, a.id LIMIT 1""")
                      .mapTo(UUID.class)
                      .findOne();
              person.ifPresent(
                  id -> insert(h, id, "first", value, Set.of("*"), List.of(), List.of()));
              return person.isPresent();
            });
  }

  @Override
  public List<PersonalKey> list(UUID account) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(SELECT + "WHERE k.account_id = :account ORDER BY k.created_at, k.id")
                    .bind("account", account)
                    .map((row, context) -> key(row))
                    .list());
  }

  @Override
  public boolean delete(UUID account, UUID id) {
    return database
            .jdbi()
            .withHandle(
                h ->
                    h.createUpdate(
                            "DELETE FROM personal_key WHERE id = :id AND account_id = :account")
                        .bind("id", id)
                        .bind("account", account)
                        .execute())
        > 0;
  }

  private static PersonalKey key(ResultSet row) throws SQLException {
    return new PersonalKey(
        row.getObject("id", UUID.class),
        OrganizationRow.read(row),
        row.getObject("account_id", UUID.class),
        row.getLong("number"),
        row.getString("email"),
        row.getString("label"),
        Set.of(read(row, "scopes", String[].class)),
        Arrays.asList(read(row, "projects", Integer[].class)),
        Arrays.asList(read(row, "organizations", UUID[].class)),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private static <T> T read(ResultSet row, String column, Class<T> type) throws SQLException {
    return SpecJson.read(row.getString(column).getBytes(StandardCharsets.UTF_8), type);
  }

  private static String json(Object value) {
    return new String(SpecJson.write(value), StandardCharsets.UTF_8);
  }
}
