package io.penstock.control.store;

import io.penstock.control.job.Job;
import io.penstock.control.job.JobEvent;
import io.penstock.control.job.JobException;
import io.penstock.control.job.JobStore;
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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Jobs in PostgreSQL, each as one document beside the columns that are searched. */
public final class JdbiJobStore implements JobStore {
  private static final String UNIQUE_VIOLATION = "23505";

  private final Database database;
  private final Clock clock;

  public JdbiJobStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public void insert(Job job, String who, String what) {
    try {
      database
          .jdbi()
          .useTransaction(
              h -> {
                h.createUpdate(
                        """
                        INSERT INTO job (id, organization_id, table_id, name, state, created_at, version, body)
                        VALUES (:id, :organization, :table, :name, :state, :createdAt, :version, :body)""")
                    .bind("id", job.id())
                    .bind("organization", job.organization())
                    .bind("table", job.definition().table().tableId())
                    .bind("name", job.name())
                    .bind("state", job.state().name())
                    .bind("createdAt", OffsetDateTime.ofInstant(job.createdAt(), ZoneOffset.UTC))
                    .bind("version", job.version())
                    .bind("body", json(job))
                    .execute();
                event(h, job, who, what);
              });
    } catch (UnableToExecuteStatementException e) {
      if (e.getCause() instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
        throw String.valueOf(sql.getMessage()).contains("job_name")
            ? new JobException.NameTaken(job.name())
            : new JobException.IdTaken(job.id());
      }
      throw e;
    }
  }

  @Override
  public Optional<Job> find(UUID organization, UUID id) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        SELECT body FROM job
                         WHERE id = :id AND organization_id = :organization AND NOT deleting""")
                    .bind("id", id)
                    .bind("organization", organization)
                    .map((row, context) -> job(row))
                    .findOne());
  }

  @Override
  public List<JobEvent> events(UUID organization, UUID id) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        SELECT at, who, what FROM job_event
                         WHERE job_id = :id AND organization_id = :organization
                         ORDER BY number""")
                    .bind("id", id)
                    .bind("organization", organization)
                    .map(
                        (row, context) ->
                            new JobEvent(
                                row.getObject("at", OffsetDateTime.class).toInstant(),
                                row.getString("who"),
                                row.getString("what")))
                    .list());
  }

  @Override
  public List<Job> list(UUID organization) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        SELECT body FROM job
                         WHERE organization_id = :organization AND NOT deleting
                         ORDER BY created_at DESC, id DESC""")
                    .bind("organization", organization)
                    .map((row, context) -> job(row))
                    .list());
  }

  @Override
  public Optional<Job> newest(UUID organization, UUID table) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        SELECT body FROM job
                         WHERE table_id = :table AND organization_id = :organization AND NOT deleting
                         ORDER BY created_at DESC, id DESC LIMIT 1""")
                    .bind("table", table)
                    .bind("organization", organization)
                    .map((row, context) -> job(row))
                    .findOne());
  }

  @Override
  public List<Job> active() {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        SELECT body FROM job
                         WHERE state NOT IN ('FINISHED', 'FAILED', 'CANCELED') OR deleting
                         ORDER BY created_at, id""")
                    .map((row, context) -> job(row))
                    .list());
  }

  @Override
  public boolean deleting(UUID id) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery("SELECT deleting FROM job WHERE id = :id")
                    .bind("id", id)
                    .mapTo(Boolean.class)
                    .findOne()
                    .orElse(false));
  }

  @Override
  public Job update(Job job, String who, String what) {
    Job next = job.withVersion(job.version() + 1);
    database
        .jdbi()
        .useTransaction(
            h -> {
              int updated =
                  h.createUpdate(
                          """
                          UPDATE job
                             SET state = :state, version = :next, body = :body
                           WHERE id = :id AND version = :version""")
                      .bind("state", next.state().name())
                      .bind("next", next.version())
                      .bind("body", json(next))
                      .bind("id", job.id())
                      .bind("version", job.version())
                      .execute();
              if (updated == 0) {
                throw new JobException.Stale(job.id(), job.version());
              }
              if (!what.isEmpty()) {
                event(h, job, who, what);
              }
            });
    return next;
  }

  @Override
  public void markDeleting(UUID id, String who) {
    database
        .jdbi()
        .useTransaction(
            h -> {
              h.createUpdate("UPDATE job SET deleting = true WHERE id = :id")
                  .bind("id", id)
                  .execute();
              h.createUpdate(
                      """
                      INSERT INTO job_event (job_id, organization_id, at, who, what)
                      SELECT id, organization_id, :at, :who, 'deleted' FROM job WHERE id = :id""")
                  .bind("at", OffsetDateTime.now(clock))
                  .bind("who", who)
                  .bind("id", id)
                  .execute();
            });
  }

  @Override
  public void remove(UUID id) {
    database
        .jdbi()
        .useHandle(h -> h.createUpdate("DELETE FROM job WHERE id = :id").bind("id", id).execute());
  }

  private void event(Handle handle, Job job, String who, String what) {
    handle
        .createUpdate(
            """
            INSERT INTO job_event (job_id, organization_id, at, who, what)
            VALUES (:job, :organization, :at, :who, :what)""")
        .bind("job", job.id())
        .bind("organization", job.organization())
        .bind("at", OffsetDateTime.now(clock))
        .bind("who", who)
        .bind("what", what)
        .execute();
  }

  private static String json(Job job) {
    return new String(SpecJson.write(job), StandardCharsets.UTF_8);
  }

  private static Job job(ResultSet row) throws SQLException {
    return SpecJson.read(row.getString("body").getBytes(StandardCharsets.UTF_8), Job.class);
  }
}
