package io.penstock.control.store;

import io.penstock.control.job.Submissions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** Callers' keys in PostgreSQL. */
public final class JdbiSubmissions implements Submissions {
  private static final Duration KEPT = Duration.ofDays(7);

  private final Database database;
  private final Clock clock;

  public JdbiSubmissions(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Optional<Submission> find(UUID organization, String key) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        SELECT job_id, body_sha256 FROM submission
                         WHERE organization_id = :organization AND key = :key AND at > :forgotten""")
                    .bind("organization", organization)
                    .bind("key", key)
                    .bind("forgotten", forgotten())
                    .map((row, context) -> submission(row))
                    .findOne());
  }

  @Override
  public Submission claim(UUID organization, String key, Submission wanted) {
    return database
        .jdbi()
        .withHandle(
            h ->
                // An update that changes nothing, so that the row comes back in either case.
                h.createQuery(
                        """
                        INSERT INTO submission AS s (organization_id, key, job_id, body_sha256, at)
                        VALUES (:organization, :key, :job, :body, :now)
                        ON CONFLICT (organization_id, key) DO UPDATE
                           SET job_id = CASE WHEN s.at > :forgotten THEN s.job_id ELSE :job END,
                               body_sha256 = CASE WHEN s.at > :forgotten THEN s.body_sha256 ELSE :body END,
                               at = CASE WHEN s.at > :forgotten THEN s.at ELSE :now END
                        RETURNING job_id, body_sha256""")
                    .bind("organization", organization)
                    .bind("key", key)
                    .bind("job", wanted.job())
                    .bind("body", wanted.bodySha256())
                    .bind("now", OffsetDateTime.now(clock))
                    .bind("forgotten", forgotten())
                    .map((row, context) -> submission(row))
                    .one());
  }

  @Override
  public void release(UUID organization, String key) {
    database
        .jdbi()
        .useHandle(
            h ->
                h.createUpdate(
                        """
                        DELETE FROM submission
                         WHERE organization_id = :organization AND key = :key""")
                    .bind("organization", organization)
                    .bind("key", key)
                    .execute());
  }

  private OffsetDateTime forgotten() {
    return OffsetDateTime.now(clock).minus(KEPT);
  }

  private static Submission submission(ResultSet row) throws SQLException {
    return new Submission(row.getObject("job_id", UUID.class), row.getString("body_sha256"));
  }
}
