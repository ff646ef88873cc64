package io.penstock.job.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.job.s3.ObjectStore.UploadedPart;
import io.penstock.spec.SpecJson;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TaskRecord;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Savepoints hold these bytes; every version must be readable for ever. */
final class TaskCommittableSerializerTest {
  private static final TaskRecord RECORD =
      new TaskRecord(
          1,
          TaskHistory.task(5),
          new TaskCounts(3, 2, 0, 1, 1, 10, 20),
          List.of(),
          Optional.empty(),
          List.of(),
          List.of());
  private static final TaskCommittable TASK =
      new TaskCommittable(
          RECORD,
          List.of(
              new Upload(
                  "t/data/a.parquet",
                  "u1",
                  List.of(new UploadedPart(1, "\"e1\""), new UploadedPart(2, "\"e2\"")),
                  42,
                  "ab")),
          Optional.of(Instant.ofEpochMilli(1_791_356_401_250L)));

  @Test
  void aTaskIsItsRecordAndItsUploads() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream frozen = new DataOutputStream(bytes);
    byte[] record = SpecJson.write(RECORD);
    frozen.writeInt(record.length);
    frozen.write(record);
    frozen.writeInt(1);
    frozen.writeUTF("t/data/a.parquet");
    frozen.writeUTF("u1");
    frozen.writeLong(42);
    frozen.writeUTF("ab");
    frozen.writeInt(2);
    frozen.writeInt(1);
    frozen.writeUTF("\"e1\"");
    frozen.writeInt(2);
    frozen.writeUTF("\"e2\"");

    byte[] first = bytes.toByteArray();
    frozen.writeLong(1_791_356_401_250L);
    byte[] second = bytes.toByteArray();
    assertThat(TaskCommittableSerializer.INSTANCE.getVersion()).isEqualTo(2);
    assertThat(TaskCommittableSerializer.INSTANCE.serialize(TASK)).isEqualTo(second);
    assertThat(TaskCommittableSerializer.INSTANCE.deserialize(2, second)).isEqualTo(TASK);
    assertThat(TaskCommittableSerializer.INSTANCE.deserialize(1, first))
        .isEqualTo(new TaskCommittable(TASK.record(), TASK.uploads(), Optional.empty()));
  }

  @Test
  void anUnknownVersionIsRefused() {
    assertThatThrownBy(() -> TaskCommittableSerializer.INSTANCE.deserialize(3, new byte[0]))
        .hasMessageContaining("version 3");
  }
}
