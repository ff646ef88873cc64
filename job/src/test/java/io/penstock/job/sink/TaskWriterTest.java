package io.penstock.job.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.penstock.job.TestSpecs;
import io.penstock.job.s3.MemoryObjectStore;
import io.penstock.spec.FailurePolicy;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PartitionFile;
import io.penstock.spec.TaskCounts;
import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TaskWriterTest {
  private static final JobSpec SPEC = TestSpecs.quarterHours(3, 2);

  private final MemoryObjectStore store = new MemoryObjectStore();
  private final TaskHistory history = new TaskHistory(SPEC, store);

  @AfterEach
  void stop() {
    history.close();
  }

  @Test
  void rowsAreDividedByTimeAndNumber() throws Exception {
    TaskCommittable task = history.start(7).rows(0, 1, 16, 2, 3, 17).rows(14).end();

    assertThat(task.record().partitions())
        .extracting(PartitionFile::key, PartitionFile::rows)
        .containsExactly(
            tuple("t/data/1970/01/01/00/7d1c0a52-56d8-4b0e-9b8c-0123456789ab-7-0-0.parquet", 3L),
            tuple("t/data/1970/01/01/00/7d1c0a52-56d8-4b0e-9b8c-0123456789ab-7-15-0.parquet", 2L),
            tuple("t/data/1970/01/01/00/7d1c0a52-56d8-4b0e-9b8c-0123456789ab-7-0-1.parquet", 2L));
    assertThat(task.record().warnings()).isEmpty();
    assertThat(task.uploads()).hasSize(3);
    assertThat(store.keys()).as("invisible until committed").isEmpty();
  }

  @Test
  void timesBeforeTheEpochFallIntoTheBucketBelow() throws Exception {
    TaskCommittable task = history.start(0).rows(-1, -15, -16).end();

    assertThat(task.record().partitions())
        .extracting(PartitionFile::rows)
        .containsExactlyInAnyOrder(2L, 1L);
    assertThat(task.record().partitions()).anyMatch(p -> p.key().contains("1969/12/31/23/"));
  }

  @Test
  void pastTheLimitTheLeastRecentlyWrittenPartitionIsClosedAndTheRecordSaysSo() throws Exception {
    TaskCommittable task = history.start(0).rows(0, 15).rows(1).rows(30, 2).rows(16).end();

    assertThat(task.record().partitions())
        .extracting(
            p -> p.key().replaceFirst(".*-(\\d+-\\d+)\\.parquet", "$1"), PartitionFile::rows)
        .containsExactlyInAnyOrder(
            tuple("15-0", 1L), tuple("0-0", 3L), tuple("30-0", 1L), tuple("15-1", 1L));
    assertThat(task.record().warnings()).hasSize(1);
  }

  @Test
  void pastTheMemoryForOpenPartitionsTheLeastRecentlyWrittenIsClosedAndTheRecordSaysSo()
      throws Exception {
    JobSpec roomy = TestSpecs.quarterHours(1_000, 100);
    try (TaskHistory narrow = new TaskHistory(roomy, store, 1)) {
      TaskCommittable task = narrow.start(0).rows(0, 15).rows(1).rows(16, 30).rows(2).end();

      assertThat(task.record().partitions())
          .extracting(
              p -> p.key().replaceFirst(".*-(\\d+-\\d+)\\.parquet", "$1"), PartitionFile::rows)
          .containsExactly(
              tuple("0-0", 1L),
              tuple("15-0", 1L),
              tuple("0-1", 1L),
              tuple("15-1", 1L),
              tuple("30-0", 1L),
              tuple("0-2", 1L));
      assertThat(task.record().warnings())
          .containsExactly(
              "task 0 closed partitions early, because the open ones took more than 0 MiB");
    }
  }

  @Test
  void rowsThatAreNotSelectedAreNotWritten() throws Exception {
    TaskCommittable task = history.start(0).everyOther(0, 1, 20, 2, 40, 3, 4, 16).end();

    assertThat(task.record().partitions()).extracting(PartitionFile::rows).containsExactly(3L, 1L);
  }

  @Test
  void theSameRowsInOtherBatchesGiveTheSameRecord() throws Exception {
    TaskCommittable once = history.start(1).rows(0, 1, 2, 3, 40, 4).reject("x").end();

    TaskCommittable again = history.start(1).rows(0).reject("x").rows(1, 2).rows(3, 40, 4).end();

    assertThat(again.record()).isEqualTo(once.record());
  }

  @Test
  void whatATaskWritesDoesNotDependOnTheTasksBefore() throws Exception {
    long micros = Duration.ofDays(1).toNanos() / 1000;
    JobSpec wide = TestSpecs.failing(FailurePolicy.FAIL_TASK);
    TaskCommittable first;
    TaskCommittable second;
    try (TaskHistory alone = new TaskHistory(wide, store);
        TaskHistory after = new TaskHistory(wide, store)) {
      first = alone.start(1).rowsAt(new Random(1).longs(40_000, 0, micros)).end();
      after.start(0).rowsAt(LongStream.range(0, 40_000).map(i -> i * i)).end();
      second = after.start(1).rowsAt(new Random(1).longs(40_000, 0, micros)).end();
    }

    assertThat(second.record()).isEqualTo(first.record());
  }

  @Test
  void aTaskBegunAnewKeepsNothingOfTheUnfinishedOne() throws Exception {
    history.start(1).rows(0, 1, 2, 3).reject("early");

    TaskCommittable task = history.start(1).rows(5).end();

    assertThat(task.record().counts().rowsWritten()).isEqualTo(1);
    assertThat(task.record().rejects()).isEmpty();
    assertThat(store.openUploads()).isEqualTo(task.uploads().size());
  }

  @Test
  void aDroppedTaskLeavesNoUpload() throws Exception {
    history.start(1).rows(0, 1, 2, 3, 20, 40).reject("x").drop();

    assertThat(store.openUploads()).isZero();
  }

  @Test
  void sortedRowsComeBucketByBucketSoThatNoneIsClosedTooEarly() throws Exception {
    try (TaskHistory sorted = new TaskHistory(TestSpecs.sortedQuarterHours(3, 1), store)) {
      TaskCommittable once = sorted.start(0).rows(31, 0, 17, 1).rows(2, 45, 16, 3).end();

      TaskCommittable again = sorted.start(0).rows(31, 0, 17).rows(1, 2, 45).rows(16, 3).end();

      assertThat(once.record().partitions())
          .extracting(
              p -> p.key().replaceFirst(".*-(\\d+-\\d+)\\.parquet", "$1"), PartitionFile::rows)
          .containsExactly(
              tuple("0-0", 3L),
              tuple("0-1", 1L),
              tuple("15-0", 2L),
              tuple("30-0", 1L),
              tuple("45-0", 1L));
      assertThat(once.record().warnings()).isEmpty();
      assertThat(once.record().counts().rowsWritten()).isEqualTo(8);
      assertThat(again.record()).isEqualTo(once.record());
    }
  }

  @Test
  void rowsThatDoNotAddUpEndTheTaskWithAnError() throws Exception {
    history.start(4).rows(0, 1);

    assertThatThrownBy(() -> history.end(new TaskCounts(3, 3, 0, 0, 1, 1, 1)))
        .hasMessage("task 4: 3 rows and 0 rejects were decoded, 2 and 0 were written");
  }
}
