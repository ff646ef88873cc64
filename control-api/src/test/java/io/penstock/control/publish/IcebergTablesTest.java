package io.penstock.control.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.control.job.JobException;
import io.penstock.control.job.LoadRules;
import io.penstock.control.job.TableRef;
import io.penstock.control.store.TestTables;
import io.penstock.locals3.LocalS3;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnStatistics;
import io.penstock.spec.ColumnType;
import io.penstock.spec.PartitionFile;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TaskRecord;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TimeSpan;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg on a real PostgreSQL and a real S3 server. */
final class IcebergTablesTest {
  static final List<ColumnSpec> COLUMNS =
      List.of(
          new ColumnSpec(
              "at",
              0,
              ColumnType.TIMESTAMP,
              new ColumnSource.Field("at"),
              Optional.of(new TimeFormat.Iso8601()),
              Optional.empty(),
              Optional.empty(),
              List.of()),
          column("id", ColumnType.INT64),
          column("name", ColumnType.STRING));

  @TempDir static Path folder;
  private static LocalS3 s3;
  private static TestTables opened;
  private static IcebergTables tables;

  @BeforeAll
  static void open() throws Exception {
    Files.createDirectories(folder.resolve("penstock"));
    s3 = LocalS3.start(folder, 0, "key", "secret");
    opened =
        TestTables.open(
            new StorageAccess(
                Optional.of(s3.endpoint()), "us-east-1", true, "penstock", "", "key", "secret"));
    tables = opened.tables();
  }

  @AfterAll
  static void close() {
    opened.close();
    s3.close();
  }

  @Test
  void preparingAgainGivesTheSameFieldIdsAndAddsNewColumns() {
    TableRef table = table("prepared");
    Map<String, Integer> first = tables.prepare(table, COLUMNS);
    List<ColumnSpec> more = new ArrayList<>(COLUMNS);
    more.add(column("price", ColumnType.DOUBLE));

    Map<String, Integer> second = tables.prepare(table, more);

    assertThat(tables.prepare(table, COLUMNS)).isEqualTo(first);
    assertThat(second).containsAllEntriesOf(first).containsKey("price");
    assertThat(first.values()).doesNotContain(second.get("price"));
  }

  @Test
  void aColumnOfAnotherTypeIsRefusedByName() {
    TableRef table = table("conflict");
    tables.prepare(table, COLUMNS);

    assertThatThrownBy(() -> tables.prepare(table, List.of(column("id", ColumnType.STRING))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Column id of table shop.conflict is of type long");
  }

  @Test
  void unsignedNumbersAreDecimalsWhoseBoundsPrune() throws Exception {
    TableRef table = table("unsigned");
    UUID job = UUID.randomUUID();
    List<ColumnSpec> columns = new ArrayList<>(COLUMNS);
    columns.add(column("u", ColumnType.UINT64));
    tables.prepare(table, columns);
    tables.publish(table, job, List.of(unsigned(job, 0, "5", "9"), unsigned(job, 1, "9", MOST)));

    assertThat(tables.types(table)).containsEntry("u", ColumnType.UINT64);
    assertThat(tables.load(table).orElseThrow().schema().findType("u"))
        .hasToString("decimal(20, 0)");
    assertThat(files(table, Expressions.equal("u", new BigDecimal(MOST)))).hasSize(1);
    assertThat(files(table, Expressions.lessThan("u", new BigDecimal("9")))).hasSize(1);
    assertThat(files(table, Expressions.greaterThan("u", new BigDecimal(MOST)))).isEmpty();
  }

  private static final String MOST = "18446744073709551615";

  private static TaskRecord unsigned(UUID job, int task, String min, String max) {
    TaskRecord one = record(job, task);
    PartitionFile file = one.partitions().get(0);
    List<ColumnStatistics> columns = new ArrayList<>(file.columns());
    columns.add(new ColumnStatistics(4, 10, 0, 0, 90, Optional.of(min), Optional.of(max)));
    return new TaskRecord(
        one.version(),
        one.task(),
        one.counts(),
        List.of(
            new PartitionFile(
                file.key(),
                file.rows(),
                file.bytes(),
                file.sha256(),
                file.minTime(),
                file.maxTime(),
                file.rowGroupOffsets(),
                columns)),
        one.rejects(),
        one.skipped(),
        one.warnings());
  }

  @Test
  void publishingAgainAddsNothing() throws Exception {
    TableRef table = table("again");
    UUID job = UUID.randomUUID();
    tables.prepare(table, COLUMNS);

    assertThat(tables.publish(table, job, List.of(record(job, 0), record(job, 1)))).isEqualTo(20);
    assertThat(tables.publish(table, job, List.of(record(job, 1), record(job, 2)))).isEqualTo(30);
    assertThat(tables.publish(table, job, List.of(record(job, 0)))).isEqualTo(30);

    assertThat(files(table, Expressions.alwaysTrue())).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void twoPublishersOfTheSameTasksAddThemOnce() throws Exception {
    TableRef table = table("raced");
    UUID job = UUID.randomUUID();
    tables.prepare(table, COLUMNS);
    List<TaskRecord> records = new ArrayList<>();
    for (int task = 0; task < 12; task++) {
      records.add(record(job, task));
    }
    ExecutorService executor = Executors.newFixedThreadPool(4);
    List<Callable<Long>> publishers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      List<TaskRecord> some = records.subList(0, i + 1);
      publishers.add(() -> tables.publish(table, job, some));
    }

    for (Future<Long> one : executor.invokeAll(publishers)) {
      assertThat(one.get()).isPositive();
    }
    executor.shutdown();

    assertThat(files(table, Expressions.alwaysTrue())).hasSize(12).doesNotHaveDuplicates();
    assertThat(tables.publish(table, job, records)).isEqualTo(120);
  }

  /** The records are looked at after the table's history was searched and before the commit. */
  @Test
  void tasksThatAreAddedWhileAnotherIsAboutToAddThemAreThereOnce() throws Exception {
    TableRef table = table("overtaken");
    UUID job = UUID.randomUUID();
    tables.prepare(table, COLUMNS);
    List<TaskRecord> records = List.of(record(job, 0), record(job, 1));
    AtomicBoolean overtaken = new AtomicBoolean();
    List<TaskRecord> looking =
        new AbstractList<>() {
          @Override
          public TaskRecord get(int index) {
            if (overtaken.compareAndSet(false, true)) {
              tables.publish(table, job, records.subList(0, 1));
            }
            return records.get(index);
          }

          @Override
          public int size() {
            return records.size();
          }
        };

    assertThat(tables.publish(table, job, looking)).isEqualTo(20);

    assertThat(files(table, Expressions.alwaysTrue())).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void boundsPruneFilesAndNeverTheWrongOnes() throws Exception {
    TableRef table = table("pruned");
    UUID job = UUID.randomUUID();
    tables.prepare(table, COLUMNS);
    tables.publish(
        table, job, List.of(record(job, 0), record(job, 1), record(job, 2), record(job, 3)));

    assertThat(files(table, Expressions.equal("id", 25L)))
        .hasSize(1)
        .allMatch(f -> f.contains("-2.parquet"));
    assertThat(files(table, Expressions.lessThan("id", 10L))).hasSize(1);
    assertThat(files(table, Expressions.equal("name", "n015"))).hasSize(1);
    assertThat(files(table, Expressions.isNull("name"))).isEmpty();
  }

  private static final LoadRules.Replacement ALL = new LoadRules.Replacement(List.of(), false);

  private static LoadRules.Replacement seconds(long from, long to) {
    return new LoadRules.Replacement(
        List.of(new TimeSpan(Instant.ofEpochSecond(from), Instant.ofEpochSecond(to))), false);
  }

  @Test
  void aReplacementOfEverythingIsOneSnapshotAndHappensOnce() throws Exception {
    TableRef table = table("replaced");
    UUID before = UUID.randomUUID();
    UUID job = UUID.randomUUID();
    tables.prepare(table, COLUMNS);
    tables.publish(table, before, List.of(record(before, 0), record(before, 1)));

    assertThat(tables.replace(table, job, List.of(record(job, 0)), "at", ALL)).isEqualTo(10);
    tables.publish(table, before, List.of(record(before, 2)));
    assertThat(tables.replace(table, job, List.of(record(job, 0)), "at", ALL)).isEqualTo(10);

    assertThat(files(table, Expressions.alwaysTrue()))
        .hasSize(2)
        .anyMatch(file -> file.endsWith(job + "-0.parquet"))
        .anyMatch(file -> file.endsWith(before + "-2.parquet"));
    assertThat(tables.load(table).orElseThrow().snapshots()).hasSize(3);
  }

  @Test
  void aReplacementWithoutRowsEmptiesTheTableOnce() throws Exception {
    TableRef table = table("emptied");
    UUID before = UUID.randomUUID();
    UUID job = UUID.randomUUID();
    tables.prepare(table, COLUMNS);
    tables.publish(table, before, List.of(record(before, 0)));

    assertThat(tables.replace(table, job, List.of(), "at", ALL)).isZero();
    tables.publish(table, before, List.of(record(before, 1)));
    assertThat(tables.replace(table, job, List.of(), "at", ALL)).isZero();

    assertThat(files(table, Expressions.alwaysTrue())).hasSize(1);
  }

  @Test
  void onlyFilesWithinTheIntervalAreReplaced() throws Exception {
    TableRef table = table("interval");
    UUID before = UUID.randomUUID();
    UUID job = UUID.randomUUID();
    tables.prepare(table, COLUMNS);
    tables.publish(
        table,
        before,
        List.of(record(before, 0), record(before, 1), record(before, 2), record(before, 3)));

    tables.replace(table, job, List.of(record(job, 1)), "at", seconds(1, 3));

    assertThat(files(table, Expressions.alwaysTrue()))
        .extracting(file -> file.substring(file.lastIndexOf('/') + 1))
        .containsExactlyInAnyOrder(
            before + "-0.parquet", before + "-3.parquet", job + "-1.parquet");
  }

  @Test
  void aFileOnBothSidesOfAnEndIsNotReplacedButNamed() {
    TableRef table = table("across");
    UUID job = UUID.randomUUID();
    tables.prepare(table, COLUMNS);
    tables.publish(table, job, List.of(across(job)));

    assertThatThrownBy(
            () -> tables.replace(table, UUID.randomUUID(), List.of(), "at", seconds(5, 8)))
        .isInstanceOf(JobException.CannotReplace.class)
        .hasMessageContaining(job + "-9.parquet has rows inside and outside");
    assertThat(tables.load(table).orElseThrow().snapshots()).hasSize(1);
  }

  /** Ten rows of the seconds from 0 to 9. */
  private static TaskRecord across(UUID job) {
    TaskRecord one = record(job, 9);
    PartitionFile file = one.partitions().get(0);
    return new TaskRecord(
        one.version(),
        one.task(),
        one.counts(),
        List.of(
            new PartitionFile(
                file.key(),
                file.rows(),
                file.bytes(),
                file.sha256(),
                Instant.EPOCH,
                file.maxTime(),
                file.rowGroupOffsets(),
                List.of(
                    statistics(1, 0, 9_000_000L), file.columns().get(1), file.columns().get(2)))),
        one.rejects(),
        one.skipped(),
        one.warnings());
  }

  private static List<String> files(TableRef table, Expression filter) throws Exception {
    List<String> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        tables.load(table).orElseThrow().newScan().filter(filter).planFiles()) {
      tasks.forEach(task -> files.add(task.file().location()));
    }
    return files;
  }

  static TableRef table(String name) {
    return new TableRef(new UUID(0, 1), "shop", UUID.randomUUID(), name);
  }

  private static ColumnSpec column(String name, ColumnType type) {
    return new ColumnSpec(
        name,
        0,
        type,
        new ColumnSource.Field(name),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** Ten rows with ids from ten times the task's number. */
  static TaskRecord record(UUID job, int task) {
    Instant at = Instant.EPOCH.plusSeconds(task);
    PartitionFile partition =
        new PartitionFile(
            "t/data/%s-%d.parquet".formatted(job, task),
            10,
            1_000,
            "00",
            at,
            at,
            List.of(4L),
            List.of(
                statistics(1, task * 1_000_000L, task * 1_000_000L),
                statistics(2, task * 10L, task * 10L + 9),
                new ColumnStatistics(
                    3,
                    10,
                    0,
                    0,
                    100,
                    Optional.of("n%03d".formatted(task * 10)),
                    Optional.of("n%03d".formatted(task * 10 + 9)))));
    return new TaskRecord(
        TaskRecord.VERSION,
        new PlannedTask(task, List.of(new PlannedObject("k" + task, "e", 1))),
        new TaskCounts(10, 10, 0, 0, 1, 1, 1),
        List.of(partition),
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static ColumnStatistics statistics(int fieldId, long min, long max) {
    return new ColumnStatistics(
        fieldId, 10, 0, 0, 100, Optional.of(Long.toString(min)), Optional.of(Long.toString(max)));
  }
}
