package io.penstock.control.store;

import io.penstock.control.catalog.CatalogException;
import io.penstock.control.catalog.UploadedFile;
import io.penstock.control.catalog.UploadedFiles;
import io.penstock.control.job.Principal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** What is known of uploaded files in PostgreSQL. */
public final class JdbiUploadedFiles implements UploadedFiles {
  private static final String UNIQUE_VIOLATION = "23505";

  private final Database database;

  public JdbiUploadedFiles(Database database) {
    this.database = database;
  }

  @Override
  public void insert(UploadedFile file) {
    try {
      database
          .jdbi()
          .useHandle(
              h ->
                  h.createUpdate(
                          """
                          INSERT INTO uploaded_file
                                 (id, project_id, name, size_bytes, data_format, compression, md5,
                                  uploaded_by_id, uploaded_by_name, uploaded_at)
                          VALUES (:id, :project, :name, :size, :format, :compression, :md5,
                                  :byId, :byName, :at)""")
                      .bind("id", file.id())
                      .bind("project", file.project())
                      .bind("name", file.name())
                      .bind("size", file.sizeBytes())
                      .bind("format", file.dataFormat())
                      .bind("compression", file.compression())
                      .bind("md5", file.md5())
                      .bind("byId", file.uploadedBy().id())
                      .bind("byName", file.uploadedBy().name())
                      .bind("at", OffsetDateTime.ofInstant(file.uploadedAt(), ZoneOffset.UTC))
                      .execute());
    } catch (UnableToExecuteStatementException e) {
      if (e.getCause() instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
        throw new CatalogException.NameTaken(file.name());
      }
      throw e;
    }
  }

  @Override
  public Optional<UploadedFile> named(UUID project, String name) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        SELECT * FROM uploaded_file
                         WHERE project_id = :project AND name = :name""")
                    .bind("project", project)
                    .bind("name", name)
                    .map((row, context) -> file(row))
                    .findOne());
  }

  @Override
  public List<UploadedFile> list(UUID project) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        SELECT * FROM uploaded_file
                         WHERE project_id = :project ORDER BY name COLLATE "C\"""")
                    .bind("project", project)
                    .map((row, context) -> file(row))
                    .list());
  }

  @Override
  public void delete(UUID id) {
    database
        .jdbi()
        .useHandle(
            h ->
                h.createUpdate("DELETE FROM uploaded_file WHERE id = :id")
                    .bind("id", id)
                    .execute());
  }

  private static UploadedFile file(ResultSet row) throws SQLException {
    return new UploadedFile(
        row.getObject("id", UUID.class),
        row.getObject("project_id", UUID.class),
        row.getString("name"),
        row.getLong("size_bytes"),
        row.getString("data_format"),
        row.getString("compression"),
        row.getString("md5"),
        new Principal(
            row.getObject("uploaded_by_id", UUID.class), row.getString("uploaded_by_name")),
        row.getObject("uploaded_at", OffsetDateTime.class).toInstant());
  }
}
