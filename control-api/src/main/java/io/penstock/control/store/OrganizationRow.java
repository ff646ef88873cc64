package io.penstock.control.store;

import io.penstock.control.catalog.Organization;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** An organization in the columns {@code organization_…} of a query. */
final class OrganizationRow {
  private OrganizationRow() {}

  static Organization read(ResultSet row) throws SQLException {
    Instant createdAt = row.getObject("organization_created_at", OffsetDateTime.class).toInstant();
    OffsetDateTime modifiedAt = row.getObject("organization_modified_at", OffsetDateTime.class);
    return new Organization(
        row.getObject("organization_id", UUID.class),
        row.getString("organization_name"),
        Optional.ofNullable(row.getString("organization_description")),
        row.getString("organization_document"),
        createdAt,
        modifiedAt == null ? createdAt : modifiedAt.toInstant());
  }
}
