package io.penstock.control.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.control.catalog.Partition;
import io.penstock.control.catalog.SnapshotLedger.Removal;
import io.penstock.control.job.LoadRules;
import io.penstock.control.job.TableRef;
import io.penstock.control.store.TestTables;
import io.penstock.locals3.LocalS3;
import io.penstock.spec.TaskRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg on a real PostgreSQL and a real S3 server, which has the files. */
final class SnapshotExpiryTest {
  private static final LoadRules.Replacement ALL = new LoadRules.Replacement(List.of(), false);

  @TempDir static Path folder;
  private static LocalS3 s3;
  private static TestTables opened;
  private static IcebergTables tables;
  private static IcebergContents contents;

  @BeforeAll
  static void open() throws Exception {
    Files.createDirectories(folder.resolve("penstock"));
    s3 = LocalS3.start(folder, 0, "key", "secret");
    StorageAccess access =
        new StorageAccess(
            Optional.of(s3.endpoint()), "us-east-1", true, "penstock", "", "key", "secret");
    opened = TestTables.open(access);
    tables = opened.tables();
    contents = new IcebergContents(tables, access);
  }

  @AfterAll
  static void close() {
    opened.close();
    s3.close();
  }

  private static TableRef prepared(String name) {
    TableRef table = IcebergTablesTest.table(name);
    tables.prepare(table, IcebergTablesTest.COLUMNS);
    return table;
  }

  /** Publishes the tasks, one snapshot each. */
  private static void publish(TableRef table, UUID job, int... tasks) throws Exception {
    for (int task : tasks) {
      TaskRecord record = IcebergTablesTest.record(job, task);
      Path file = file(job, task);
      Files.createDirectories(file.getParent());
      if (!Files.exists(file)) {
        Files.writeString(file, "rows");
      }
      tables.publish(table, job, List.of(record));
    }
  }

  private static Path file(UUID job, int task) {
    return folder.resolve("penstock/t/data/%s-%d.parquet".formatted(job, task));
  }

  private static Table loaded(TableRef table) {
    return tables.load(table).orElseThrow();
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(60);
  }

  private static boolean isTask(Partition partition, int task) {
    return partition.path().endsWith("-" + task + ".parquet");
  }

  @Test
  void whatLeftTheTableIsRemovedAndWhatIsInItStays() throws Exception {
    TableRef table = prepared("reaped");
    UUID job = UUID.randomUUID();
    publish(table, job, 0, 1, 2);
    contents.remove(table, partition -> isTask(partition, 1));

    assertThat(contents.reap(table, Instant.EPOCH)).isZero();
    assertThat(file(job, 1)).exists();

    // Three manifest lists, and one manifest less than there were, are Iceberg's own.
    assertThat(contents.reap(table, soon())).isGreaterThan(3);

    assertThat(file(job, 1)).doesNotExist();
    assertThat(file(job, 0)).exists();
    assertThat(file(job, 2)).exists();
    assertThat(contents.partitions(table)).hasSize(2);
    assertThat(loaded(table).snapshots()).hasSize(1);
    assertThat(contents.reap(table, soon())).isZero();
  }

  /** What was added long ago and left just now is what the last snapshots still show. */
  @Test
  void theTimeIsThatOfLeavingNotOfComing() throws Exception {
    TableRef table = prepared("left_late");
    UUID job = UUID.randomUUID();
    publish(table, job, 0);
    Snapshot first = loaded(table).currentSnapshot();
    contents.remove(table, partition -> true);
    Instant left = Instant.ofEpochMilli(loaded(table).currentSnapshot().timestampMillis());

    contents.reap(table, left);

    assertThat(loaded(table).snapshot(first.snapshotId())).isNotNull();
    assertThat(file(job, 0)).exists();
    contents.reap(table, left.plusMillis(1));
    assertThat(file(job, 0)).doesNotExist();
  }

  @Test
  void tasksOfExpiredSnapshotsAreNotPublishedAgain() throws Exception {
    TableRef table = prepared("once");
    UUID job = UUID.randomUUID();
    publish(table, job, 0, 1);
    contents.remove(table, partition -> isTask(partition, 0));
    contents.reap(table, soon());

    assertThat(
            tables.publish(
                table,
                job,
                List.of(
                    IcebergTablesTest.record(job, 0),
                    IcebergTablesTest.record(job, 1),
                    IcebergTablesTest.record(job, 2))))
        .isEqualTo(30);

    assertThat(contents.partitions(table))
        .hasSize(2)
        .allMatch(partition -> isTask(partition, 1) || isTask(partition, 2));
  }

  @Test
  void aReplacementOfAnExpiredSnapshotIsNotRepeated() throws Exception {
    TableRef table = prepared("replaced_once");
    UUID job = UUID.randomUUID();
    UUID later = UUID.randomUUID();
    tables.replace(table, job, List.of(IcebergTablesTest.record(job, 0)), "at", ALL);
    tables.replace(table, later, List.of(), "at", ALL);
    publish(table, later, 7);
    contents.reap(table, soon());

    assertThat(tables.replace(table, job, List.of(IcebergTablesTest.record(job, 0)), "at", ALL))
        .isEqualTo(10);
    assertThat(tables.replace(table, later, List.of(), "at", ALL)).isEqualTo(10);

    assertThat(contents.partitions(table)).hasSize(1).allMatch(p -> isTask(p, 7));
  }

  @Test
  void partitionsShowTheSameAfterTheirSnapshotWasExpired() throws Exception {
    TableRef table = prepared("figures");
    UUID job = UUID.randomUUID();
    publish(table, job, 0, 1, 2);
    contents.remove(table, partition -> isTask(partition, 1));
    List<Partition> before = contents.partitions(table);

    contents.reap(table, soon());

    assertThat(contents.partitions(table)).isEqualTo(before);
    assertThat(before).allMatch(p -> p.rawBytes() > 0 && p.added().isAfter(Instant.EPOCH));
    assertThat(opened.ledger().figures(table.tableId())).hasSize(2);
  }

  @Test
  void whatATagOrABranchLeadsToStays() throws Exception {
    TableRef table = prepared("tagged");
    UUID job = UUID.randomUUID();
    publish(table, job, 0);
    Snapshot first = loaded(table).currentSnapshot();
    loaded(table).manageSnapshots().createTag("audit", first.snapshotId()).commit();
    contents.remove(table, partition -> true);
    publish(table, job, 1);
    loaded(table)
        .manageSnapshots()
        .createBranch("work", loaded(table).currentSnapshot().snapshotId())
        .commit();
    contents.remove(table, partition -> true);
    publish(table, job, 2);

    contents.reap(table, soon());

    assertThat(file(job, 0)).exists();
    assertThat(file(job, 1)).exists();
    loaded(table).manageSnapshots().removeTag("audit").removeBranch("work").commit();
    contents.reap(table, soon());
    assertThat(file(job, 0)).doesNotExist();
    assertThat(file(job, 1)).doesNotExist();
    assertThat(file(job, 2)).exists();
  }

  /** The server died when it had said what it would do, and had not done it. */
  @Test
  void aRemovalThatWasOnlyPlannedIsPlannedAnew() throws Exception {
    TableRef table = prepared("planned");
    UUID job = UUID.randomUUID();
    publish(table, job, 0, 1);
    contents.remove(table, partition -> isTask(partition, 0));
    Snapshot current = loaded(table).currentSnapshot();
    opened
        .ledger()
        .planRemoval(
            table.tableId(),
            new Removal(
                List.of(current.snapshotId()),
                List.of("s3://penstock/t/data/" + job + "-1.parquet")));

    contents.reap(table, soon());

    assertThat(file(job, 0)).doesNotExist();
    assertThat(file(job, 1)).exists();
    assertThat(opened.ledger().plannedRemoval(table.tableId())).isEmpty();
  }

  /** The server died when the snapshots were gone, and their files were still there. */
  @Test
  void aRemovalThatHadBegunIsFinished() throws Exception {
    TableRef table = prepared("begun");
    UUID job = UUID.randomUUID();
    publish(table, job, 0);
    Path left = folder.resolve("penstock/t/data/left.parquet");
    Files.writeString(left, "rows");
    opened
        .ledger()
        .planRemoval(
            table.tableId(),
            new Removal(List.of(4711L), List.of("s3://penstock/t/data/left.parquet")));

    assertThat(contents.reap(table, Instant.EPOCH)).isEqualTo(1);

    assertThat(left).doesNotExist();
    assertThat(file(job, 0)).exists();
  }

  @Test
  void aTableWhoseFilesOthersLookAfterIsLeftAlone() throws Exception {
    TableRef table = prepared("foreign");
    UUID job = UUID.randomUUID();
    publish(table, job, 0);
    contents.remove(table, partition -> true);
    loaded(table).updateProperties().set("gc.enabled", "false").commit();

    assertThat(contents.reap(table, soon())).isZero();
    assertThat(file(job, 0)).exists();
  }

  @Test
  void whoOnlyReadsCannotPublish() {
    TableRef table = prepared("read");
    UUID job = UUID.randomUUID();
    try (IcebergTables reading =
        IcebergTables.toRead(
            opened.url(),
            "postgres",
            "",
            new StorageAccess(
                Optional.of(s3.endpoint()), "us-east-1", true, "penstock", "", "key", "secret"))) {
      List<TaskRecord> records = List.of(IcebergTablesTest.record(job, 0));

      assertThatThrownBy(() -> reading.publish(table, job, records))
          .hasMessage("these tables are only read");
    }
  }
}
