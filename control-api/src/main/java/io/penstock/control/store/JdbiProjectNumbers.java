package io.penstock.control.store;

import io.penstock.control.catalog.NumberedProject;
import io.penstock.control.catalog.ProjectNumbers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Numbers of projects in PostgreSQL: whoever asks gives those that are missing. */
public final class JdbiProjectNumbers implements ProjectNumbers {
  private final Database database;

  public JdbiProjectNumbers(Database database) {
    this.database = database;
  }

  @Override
  public Optional<NumberedProject> find(int number) {
    return database
        .jdbi()
        .withHandle(
            h -> {
              giveMissing(h);
              return h.createQuery(
                      """
                      SELECT n.number, p.id, p.organization_id, p.name, p.created_at
                        FROM project_number n JOIN catalog_object p ON p.id = n.project_id
                       WHERE n.number = :number""")
                  .bind("number", number)
                  .map((row, context) -> project(row))
                  .findOne();
            });
  }

  @Override
  public List<NumberedProject> list(UUID organization) {
    return database
        .jdbi()
        .withHandle(
            h -> {
              giveMissing(h);
              return h.createQuery(
                      """
                      SELECT n.number, p.id, p.organization_id, p.name, p.created_at
                        FROM project_number n JOIN catalog_object p ON p.id = n.project_id
                       WHERE p.organization_id = :organization
                       ORDER BY n.number""")
                  .bind("organization", organization)
                  .map((row, context) -> project(row))
                  .list();
            });
  }

  /** Looks first: an insert would use up numbers, even when it finds its row there already. */
  private static void giveMissing(Handle h) {
    h.execute(
        """
        INSERT INTO project_number (project_id)
        SELECT id FROM catalog_object p
         WHERE kind = 'PROJECT' AND NOT EXISTS (SELECT FROM project_number WHERE project_id = p.id)
         ORDER BY created_at, id
        ON CONFLICT (project_id) DO NOTHING""");
  }

  private static NumberedProject project(ResultSet row) throws SQLException {
    return new NumberedProject(
        row.getInt("number"),
        row.getObject("id", UUID.class),
        row.getObject("organization_id", UUID.class),
        row.getString("name"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
