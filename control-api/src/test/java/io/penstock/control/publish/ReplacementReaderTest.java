package io.penstock.control.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.control.job.LoadRules;
import io.penstock.control.job.TableRef;
import io.penstock.control.store.TestTables;
import io.penstock.locals3.LocalS3;
import io.penstock.spec.TaskRecord;
import io.penstock.spec.TimeSpan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table is read while a day of it is replaced again and again. */
final class ReplacementReaderTest {
  /** Ten files, a second each, of which the first eight are replaced. */
  private static final int FILES = 10;

  private static final int REPLACED = 8;
  private static final int REPLACEMENTS = 25;

  @TempDir Path folder;

  @Test
  void everyReadSeesAllOldOrAllNewRowsAndWhatIsNotReplaced() throws Exception {
    Files.createDirectories(folder.resolve("penstock"));
    try (LocalS3 s3 = LocalS3.start(folder, 0, "key", "secret");
        TestTables opened =
            TestTables.open(
                new StorageAccess(
                    Optional.of(s3.endpoint()),
                    "us-east-1",
                    true,
                    "penstock",
                    "",
                    "key",
                    "secret"))) {
      IcebergTables tables = opened.tables();
      TableRef table = IcebergTablesTest.table("read_while_replaced");
      UUID first = UUID.randomUUID();
      tables.prepare(table, IcebergTablesTest.COLUMNS);
      tables.publish(table, first, records(first, FILES));
      AtomicBoolean over = new AtomicBoolean();
      ExecutorService reader = Executors.newSingleThreadExecutor();
      CountDownLatch begun = new CountDownLatch(1);
      Future<Set<String>> seen =
          reader.submit(
              () -> {
                try {
                  return read(tables, table, begun, over);
                } finally {
                  begun.countDown();
                }
              });
      begun.await();

      UUID last = first;
      for (int i = 0; i < REPLACEMENTS; i++) {
        last = UUID.randomUUID();
        tables.replace(
            table,
            last,
            records(last, REPLACED),
            "at",
            new LoadRules.Replacement(
                List.of(new TimeSpan(Instant.ofEpochSecond(0), Instant.ofEpochSecond(REPLACED))),
                false));
      }
      over.set(true);

      assertThat(seen.get()).contains(first.toString(), last.toString());
      reader.shutdown();
    }
  }

  private static List<TaskRecord> records(UUID job, int count) {
    List<TaskRecord> records = new ArrayList<>();
    for (int task = 0; task < count; task++) {
      records.add(IcebergTablesTest.record(job, task));
    }
    return records;
  }

  /** The jobs that the first seconds were of, one in each read; and once more when it is over. */
  private static Set<String> read(
      IcebergTables tables, TableRef table, CountDownLatch begun, AtomicBoolean over)
      throws Exception {
    Set<String> seen = new TreeSet<>();
    boolean last;
    do {
      last = over.get();
      List<String> replaced = new ArrayList<>();
      int others = 0;
      try (CloseableIterable<FileScanTask> files =
          tables.load(table).orElseThrow().newScan().planFiles()) {
        for (FileScanTask file : files) {
          String name = file.file().location().replaceFirst(".*/", "");
          int second = Integer.parseInt(name.replaceFirst(".*-(\\d+)\\.parquet", "$1"));
          if (second < REPLACED) {
            replaced.add(name.substring(0, 36));
          } else {
            others++;
          }
        }
      }
      assertThat(replaced).hasSize(REPLACED);
      assertThat(new TreeSet<>(replaced)).as("of one job alone").hasSize(1);
      assertThat(others).isEqualTo(FILES - REPLACED);
      seen.addAll(replaced);
      begun.countDown();
    } while (!last);
    return seen;
  }
}
