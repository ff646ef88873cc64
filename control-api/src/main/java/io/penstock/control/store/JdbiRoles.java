package io.penstock.control.store;

import io.penstock.control.catalog.CatalogException;
import io.penstock.control.identity.Role;
import io.penstock.control.identity.Roles;
import io.penstock.spec.SpecJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Roles in PostgreSQL. */
public final class JdbiRoles implements Roles {
  private final Database database;

  public JdbiRoles(Database database) {
    this.database = database;
  }

  @Override
  public List<Role> list(UUID organization) {
    return database.jdbi().withHandle(h -> list(h, organization));
  }

  private static List<Role> list(Handle h, UUID organization) {
    return h.createQuery(
            """
            SELECT id, name, superuser, policies FROM role
             WHERE organization_id IS NULL OR organization_id = :organization
             ORDER BY id""")
        .bind("organization", organization)
        .map((row, context) -> role(row))
        .list();
  }

  @Override
  public Role insert(UUID organization, String name, List<Role.Policy> policies) {
    return database
        .jdbi()
        .inTransaction(
            h -> {
              h.execute("LOCK TABLE role IN SHARE ROW EXCLUSIVE MODE");
              if (list(h, organization).stream().anyMatch(role -> role.name().equals(name))) {
                throw new CatalogException.NameTaken(name);
              }
              return h.createQuery(
                      """
                      INSERT INTO role (organization_id, name, superuser, policies)
                      VALUES (:organization, :name, false, :policies::jsonb)
                      RETURNING id, name, superuser, policies""")
                  .bind("organization", organization)
                  .bind("name", name)
                  .bind("policies", new String(SpecJson.write(policies), StandardCharsets.UTF_8))
                  .map((row, context) -> role(row))
                  .one();
            });
  }

  @Override
  public boolean delete(UUID organization, int role) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.execute(
                        "DELETE FROM role WHERE id = ? AND organization_id = ?", role, organization)
                    > 0);
  }

  @Override
  public void give(UUID account, Set<Integer> roles) {
    database
        .jdbi()
        .useTransaction(
            h ->
                roles.forEach(
                    role ->
                        h.execute(
                            "INSERT INTO account_role VALUES (?, ?) ON CONFLICT DO NOTHING",
                            account,
                            role)));
  }

  @Override
  public void take(UUID account, Set<Integer> roles) {
    database
        .jdbi()
        .useTransaction(
            h ->
                roles.forEach(
                    role ->
                        h.execute(
                            "DELETE FROM account_role WHERE account_id = ? AND role_id = ?",
                            account,
                            role)));
  }

  private static Role role(ResultSet row) throws SQLException {
    byte[] policies = row.getString("policies").getBytes(StandardCharsets.UTF_8);
    return new Role(
        row.getInt("id"),
        row.getString("name"),
        row.getBoolean("superuser"),
        List.of(SpecJson.read(policies, Role.Policy[].class)));
  }
}
