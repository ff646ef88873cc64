package io.penstock.control.store;

import io.penstock.control.catalog.Activity;
import io.penstock.control.job.Principal;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** The catalog's history in PostgreSQL. */
public final class JdbiActivity implements Activity {
  private final Database database;
  private final Clock clock;

  public JdbiActivity(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public void add(UUID organization, UUID object, Principal who, Action action) {
    database
        .jdbi()
        .useHandle(
            h ->
                h.createUpdate(
                        """
                        INSERT INTO catalog_event
                               (organization_id, object_id, at, who_id, who, action)
                        VALUES (:organization, :object, :at, :whoId, :who, :action)""")
                    .bind("organization", organization)
                    .bind("object", object)
                    .bind("at", OffsetDateTime.now(clock))
                    .bind("whoId", who.id())
                    .bind("who", who.name())
                    .bind("action", action.name())
                    .execute());
  }

  @Override
  public List<Entry> of(UUID organization, UUID object) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        SELECT at, who, action FROM catalog_event
                         WHERE organization_id = :organization AND object_id = :object
                         ORDER BY number""")
                    .bind("organization", organization)
                    .bind("object", object)
                    .map(
                        (row, context) ->
                            new Entry(
                                row.getObject("at", OffsetDateTime.class).toInstant(),
                                row.getString("who"),
                                Action.valueOf(row.getString("action"))))
                    .list());
  }
}
