package io.penstock.job.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.TestSpecs;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.job.record.RowEvent;
import io.penstock.job.s3.MemoryObjectStore;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PartitionFile;
import io.penstock.spec.PartitionLimits;
import io.penstock.spec.SinkSpec;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TaskRecord;
import io.penstock.spec.TransformSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows with different values of a column are in different partitions. */
final class ShardsTest {
  private static final List<String> TOWNS = List.of("Bronx", "Queens", "", "Fürth", "Lima");
  private static final long MICROS_PER_MINUTE = 60_000_000;

  /** Of every length that the hash treats in its own way. */
  @ParameterizedTest
  @CsvSource({
    "'', 42bc986dc5eec4d3",
    "Bronx, 4d053535cc2bfe5e",
    "Queens, cb3af1db72e86e3c",
    "Brooklyn, 8b585f55db485a90",
    "Manhattan, 1e56f55b0cbbe386",
    "Staten Island, 0b69743766a6ff32",
    "'Chinese (中文,普通话,汉语)\t你好', 4dca661b6a74dc9e",
    "Hindi (हिन्दी)\tप्रणाम / पाय लागू, bd74cb772593eeb8",
    "'ASDLFjasdlfkjasDFLKAJsdflasdjfowieuoajoizjodijaf039qj fef;li j2q3p[092 3pq fj; asldkj f;al"
        + " sdjf a;slkdf', b36e922dc4901cc8",
  })
  void aShardIsKnownByTheHashOfItsValue(String text, String hash) {
    assertThat(Shards.hash(text)).isEqualTo(hash);
  }

  @Test
  void noPartitionMixesValuesAndTheSameRowsGiveTheSamePartitions() throws Exception {
    Random random = new Random(1);
    List<Integer> towns = random.ints(3_000, 0, TOWNS.size() + 1).boxed().toList();
    List<Long> minutes = random.longs(3_000, 0, 40).boxed().toList();
    Map<String, Long> expected = new TreeMap<>();
    for (int i = 0; i < towns.size(); i++) {
      String town = town(towns.get(i));
      expected.merge(Shards.hash(town == null ? "" : town), 1L, Long::sum);
    }

    TaskRecord record = written(towns, minutes, RowBatch.CAPACITY);

    Map<String, Long> found = new TreeMap<>();
    for (PartitionFile partition : record.partitions()) {
      String hash = partition.key().replaceFirst(".*-([0-9a-f]{16})-\\d+\\.parquet", "$1");
      found.merge(hash, partition.rows(), Long::sum);
      assertThat(partition.rows()).isLessThanOrEqualTo(200);
      Optional<String> lower = partition.columns().get(1).lower();
      assertThat(partition.columns().get(1).upper()).isEqualTo(lower);
      assertThat(Shards.hash(lower.orElse(""))).isEqualTo(hash);
      assertThat(Duration.between(partition.minTime(), partition.maxTime()))
          .isLessThan(Duration.ofMinutes(15));
    }
    assertThat(found).isEqualTo(expected);
    assertThat(record.partitions()).extracting(PartitionFile::key).doesNotHaveDuplicates();
    assertThat(written(towns, minutes, RowBatch.CAPACITY)).isEqualTo(record);
    assertThat(written(towns, minutes, 7).partitions())
        .containsExactlyInAnyOrderElementsOf(record.partitions());
  }

  /** Null behind the last. */
  private static String town(int index) {
    return index == TOWNS.size() ? null : TOWNS.get(index);
  }

  private static TaskRecord written(List<Integer> towns, List<Long> minutes, int batchRows)
      throws Exception {
    List<TaskCommittable> finished = new ArrayList<>();
    try (TaskWriter writer =
        new TaskWriter(spec(), Optional.of(new MemoryObjectStore()), finished::add)) {
      writer.taskStarted(new RowEvent.TaskStarted(TaskHistory.task(1)));
      for (int from = 0; from < towns.size(); from += batchRows) {
        ColumnVector time = new ColumnVector(ColumnType.TIMESTAMP);
        ColumnVector town = new ColumnVector(ColumnType.STRING);
        RowBatch batch = new RowBatch(time, town);
        for (int i = from; i < Math.min(towns.size(), from + batchRows); i++) {
          time.setLong(batch.rows(), minutes.get(i) * MICROS_PER_MINUTE);
          if (town(towns.get(i)) != null) {
            byte[] text = town(towns.get(i)).getBytes(StandardCharsets.UTF_8);
            town.setText(batch.rows(), text, 0, text.length);
          } else {
            town.setNull(batch.rows());
          }
          batch.endRow();
        }
        writer.batch(batch);
      }
      int rows = towns.size();
      writer.taskDecoded(
          new RowEvent.TaskDecoded(new TaskCounts(rows, rows, 0, 0, 1, 1, 1), List.of()));
      return finished.get(0).record();
    }
  }

  private static JobSpec spec() {
    JobSpec plain = TestSpecs.quarterHours(200, 100);
    SinkSpec sink = plain.sink();
    List<ColumnSpec> columns = new ArrayList<>(plain.transform().columns());
    columns.add(
        new ColumnSpec(
            "town",
            2,
            ColumnType.STRING,
            new ColumnSource.Field("town"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of()));
    return new JobSpec(
        plain.version(),
        plain.jobId(),
        plain.title(),
        plain.attempt(),
        plain.source(),
        new TransformSpec(plain.transform().format(), Compression.NONE, columns, "at", List.of()),
        new SinkSpec(
            sink.access(),
            sink.bucket(),
            sink.dataPrefix(),
            sink.jobsPrefix(),
            new PartitionLimits(200, Duration.ofMinutes(15), 100, Optional.of("town")),
            sink.zstdLevel(),
            false),
        plain.failurePolicy());
  }
}
