package io.penstock.control.store;

import io.penstock.control.catalog.SnapshotLedger;
import io.penstock.control.job.TaskRanges;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What expired snapshots said, in PostgreSQL. */
public final class JdbiSnapshotLedger implements SnapshotLedger {
  private final Database database;

  public JdbiSnapshotLedger(Database database) {
    this.database = database;
  }

  @Override
  public void retire(UUID table, List<Retired> snapshots) {
    database
        .jdbi()
        .useTransaction(
            h -> {
              for (Retired one : snapshots) {
                // The row of the snapshot says that its publication has been added.
                if (insert(h, table, one)) {
                  one.publication().ifPresent(publication -> add(h, table, publication));
                }
              }
            });
  }

  private static boolean insert(Handle h, UUID table, Retired one) {
    return h.createUpdate(
                """
                INSERT INTO retired_snapshot (table_id, sequence, committed_at, rows, raw_bytes)
                VALUES (:table, :sequence, :at, :rows, :rawBytes)
                ON CONFLICT DO NOTHING""")
            .bind("table", table)
            .bind("sequence", one.sequence())
            .bind("at", Times.of(one.figures().committedAt()))
            .bind("rows", one.figures().rows())
            .bind("rawBytes", one.figures().rawBytes())
            .execute()
        == 1;
  }

  private static void add(Handle h, UUID table, JobPublication more) {
    Optional<Publication> before = publication(h, table, more.job(), "FOR UPDATE");
    Set<Integer> tasks = new TreeSet<>(more.tasks());
    before.ifPresent(publication -> tasks.addAll(publication.tasks()));
    h.createUpdate(
            """
            INSERT INTO retired_publication (table_id, job_id, tasks, rows)
            VALUES (:table, :job, :tasks, :rows)
            ON CONFLICT (table_id, job_id) DO UPDATE SET tasks = :tasks, rows = :rows""")
        .bind("table", table)
        .bind("job", more.job())
        .bind("tasks", TaskRanges.format(tasks))
        .bind("rows", more.rows() + before.map(Publication::rows).orElse(0L))
        .execute();
  }

  @Override
  public Optional<Publication> publication(UUID table, UUID job) {
    return database.jdbi().withHandle(h -> publication(h, table, job, ""));
  }

  private static Optional<Publication> publication(Handle h, UUID table, UUID job, String lock) {
    return h.createQuery(
            "SELECT tasks, rows FROM retired_publication WHERE table_id = :table AND job_id = :job "
                + lock)
        .bind("table", table)
        .bind("job", job)
        .map(
            (row, context) ->
                new Publication(TaskRanges.parse(row.getString("tasks")), row.getLong("rows")))
        .findOne();
  }

  @Override
  public Map<Long, Figures> figures(UUID table) {
    Map<Long, Figures> figures = new HashMap<>();
    database
        .jdbi()
        .useHandle(
            h ->
                h.createQuery("SELECT * FROM retired_snapshot WHERE table_id = :table")
                    .bind("table", table)
                    .map(
                        (row, context) ->
                            figures.put(
                                row.getLong("sequence"),
                                new Figures(
                                    Times.read(row, "committed_at").orElseThrow(),
                                    row.getLong("rows"),
                                    row.getLong("raw_bytes"))))
                    .list());
    return figures;
  }

  @Override
  public void keepFigures(UUID table, Set<Long> sequences) {
    database
        .jdbi()
        .useHandle(
            h ->
                h.createUpdate(
                        """
                        DELETE FROM retired_snapshot
                         WHERE table_id = :table AND NOT sequence = ANY (:sequences)""")
                    .bind("table", table)
                    .bindArray("sequences", Long.class, sequences)
                    .execute());
  }

  @Override
  public void planRemoval(UUID table, Removal removal) {
    database
        .jdbi()
        .useHandle(
            h ->
                h.createUpdate("INSERT INTO file_removal VALUES (:table, :body::jsonb)")
                    .bind("table", table)
                    .bind("body", Document.json(removal))
                    .execute());
  }

  @Override
  public Optional<Removal> plannedRemoval(UUID table) {
    return database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery("SELECT body FROM file_removal WHERE table_id = :table")
                    .bind("table", table)
                    .map((row, context) -> Document.read(row, Removal.class))
                    .findOne());
  }

  @Override
  public void forgetRemoval(UUID table) {
    database
        .jdbi()
        .useHandle(
            h ->
                h.createUpdate("DELETE FROM file_removal WHERE table_id = :table")
                    .bind("table", table)
                    .execute());
  }
}
