package io.penstock.control.store;

import io.penstock.control.catalog.CatalogException;
import io.penstock.control.catalog.Organization;
import io.penstock.control.catalog.Organizations;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Organizations in PostgreSQL. */
public final class JdbiOrganizations implements Organizations {
  private static final String UNIQUE_VIOLATION = "23505";

  private final Database database;

  public JdbiOrganizations(Database database) {
    this.database = database;
  }

  @Override
  public Organization change(UUID id, UnaryOperator<Organization> change) {
    return database
        .jdbi()
        .inTransaction(
            h -> {
              Organization changed = change.apply(locked(h, id));
              update(h, changed);
              return changed;
            });
  }

  private static Organization locked(Handle h, UUID id) {
    return h.createQuery(
            """
            SELECT o.id AS organization_id, o.name AS organization_name,
                   o.description AS organization_description, o.document AS organization_document,
                   o.created_at AS organization_created_at, o.modified_at AS organization_modified_at
              FROM organization o WHERE o.id = :id FOR UPDATE""")
        .bind("id", id)
        .map((row, context) -> OrganizationRow.read(row))
        .findOne()
        .orElseThrow(CatalogException.NotFound::new);
  }

  private static void update(Handle h, Organization organization) {
    try {
      h.createUpdate(
              """
              UPDATE organization
                 SET name = :name, description = :description, document = :document::jsonb,
                     modified_at = :modifiedAt
               WHERE id = :id""")
          .bind("id", organization.id())
          .bind("name", organization.name())
          .bind("description", organization.description().orElse(null))
          .bind("document", organization.document())
          .bind("modifiedAt", organization.modifiedAt().atOffset(ZoneOffset.UTC))
          .execute();
    } catch (UnableToExecuteStatementException e) {
      if (e.getCause() instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
        throw new CatalogException.NameTaken(organization.name());
      }
      throw e;
    }
  }
}
