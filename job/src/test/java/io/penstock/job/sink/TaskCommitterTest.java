package io.penstock.job.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.job.TestSpecs;
import io.penstock.job.s3.MemoryObjectStore;
import io.penstock.spec.JobSpec;
import io.penstock.spec.SpecJson;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.connector.sink2.mocks.MockCommitRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TaskCommitterTest {
  private static final JobSpec SPEC = TestSpecs.quarterHours(2, 8);
  private static final int LOST_REPLIES = 50;

  private final StoreLosingReplies store = new StoreLosingReplies();
  private final TaskHistory history = new TaskHistory(SPEC, store);
  private final TaskCommitter committer = new TaskCommitter(SPEC, store);

  /** Does what it is asked, and then may say that it failed. */
  private static final class StoreLosingReplies extends MemoryObjectStore {
    private final Random random = new Random(9);
    private int left;
    private int lost;

    private void mayLoseReply() throws IOException {
      if (left > 0 && random.nextBoolean()) {
        left--;
        lost++;
        throw new IOException("connection reset");
      }
    }

    @Override
    public synchronized CompleteOutcome completeUpload(
        String bucket, String key, String uploadId, List<UploadedPart> parts) throws IOException {
      CompleteOutcome outcome = super.completeUpload(bucket, key, uploadId, parts);
      mayLoseReply();
      return outcome;
    }

    @Override
    public synchronized void put(
        String bucket, String key, byte[] bytes, Map<String, String> metadata) throws IOException {
      super.put(bucket, key, bytes, metadata);
      mayLoseReply();
    }
  }

  @AfterEach
  void stop() {
    history.close();
    committer.close();
  }

  private void commit(TaskCommittable task) throws Exception {
    committer.commit(List.of(new MockCommitRequest<>(task)));
  }

  private TaskRecord record(int task) throws IOException {
    return SpecJson.read(
        store.get(TestSpecs.WAREHOUSE, SPEC.folder().taskRecord(task)).orElseThrow(),
        TaskRecord.class);
  }

  @Test
  void partitionsBecomeVisibleAndThenTheRecord() throws Exception {
    TaskCommittable task = history.start(3).rows(0, 1, 2, 30).reject("x").end();

    commit(task);

    assertThat(record(3)).isEqualTo(task.record());
    assertThat(store.keys()).hasSize(3 + 1 + 1);
    assertThat(store.openUploads()).isZero();
  }

  @Test
  void committingAgainChangesNothing() throws Exception {
    TaskCommittable task = history.start(3).rows(0, 1, 2).end();
    commit(task);
    List<String> keys = store.keys();

    commit(task);

    assertThat(store.keys()).isEqualTo(keys);
  }

  @Test
  void lostRepliesLoseNoRowAndDoubleNone() throws Exception {
    store.left = LOST_REPLIES;
    int tasks = 0;
    while (store.left > 0) {
      TaskCommittable task = history.start(tasks).rows(0, 1, 2, 30).end();
      boolean committed = false;
      while (!committed) {
        try {
          commit(task);
          committed = true;
        } catch (IOException e) {
          assertThat(e).hasStackTraceContaining("connection reset");
        }
      }
      assertThat(record(tasks)).isEqualTo(task.record());
      tasks++;
    }

    assertThat(store.lost).isEqualTo(LOST_REPLIES);
    assertThat(store.keys()).hasSize(tasks * (3 + 1));
  }

  @Test
  void withoutItsUploadsATaskIsNotDone() throws Exception {
    TaskCommittable task = history.start(3).rows(0, 1, 2).end();
    store.abortAllUploads();

    commit(task);

    assertThat(store.keys()).isEmpty();
  }

  @Test
  void anObjectOfTheSameLengthWithOtherBytesIsNotTakenForTheUpload() throws Exception {
    TaskCommittable task = history.start(3).rows(0, 1).end();
    store.abortAllUploads();
    Upload upload = task.uploads().get(0);
    store.put(TestSpecs.WAREHOUSE, upload.key(), new byte[(int) upload.length()]);

    commit(task);

    assertThat(store.get(TestSpecs.WAREHOUSE, SPEC.folder().taskRecord(3))).isEmpty();
  }

  @Test
  void theFirstResultOfATaskStaysAndLaterUploadsAreGivenUp() throws Exception {
    TaskCommittable first = history.start(3).rows(0, 1).end();
    commit(first);

    commit(history.start(3).rows(0, 1, 2).end());

    assertThat(record(3)).isEqualTo(first.record());
    assertThat(store.openUploads()).isZero();
  }

  @Test
  void aStoreThatSaysNoIsAnErrorAndNotADoneTask() throws Exception {
    TaskCommittable task = history.start(3).rows(0).end();
    store.left = Integer.MAX_VALUE;

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 20; i++) {
                commit(task);
              }
            })
        .isInstanceOf(IOException.class);
  }
}
