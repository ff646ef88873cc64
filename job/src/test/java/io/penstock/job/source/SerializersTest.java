package io.penstock.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Savepoints hold these bytes; version 1 must be readable for ever. */
final class SerializersTest {
  private static final PlannedTask TASK =
      new PlannedTask(7, List.of(new PlannedObject("a/b.gz", "\"e1\"", 42)));
  private static final byte[] TASK_JSON =
      "{\"number\":7,\"objects\":[{\"etag\":\"\\\"e1\\\"\",\"key\":\"a/b.gz\",\"size\":42}]}"
          .getBytes(StandardCharsets.UTF_8);

  @Test
  void aSplitIsItsEndMarkAndItsTask() throws Exception {
    byte[] frozen =
        ByteBuffer.allocate(5 + TASK_JSON.length)
            .put((byte) 1)
            .putInt(TASK_JSON.length)
            .put(TASK_JSON)
            .array();
    IndexTaskSplit split = new IndexTaskSplit(TASK, true);

    assertThat(IndexTaskSplitSerializer.INSTANCE.serialize(split)).isEqualTo(frozen);
    assertThat(IndexTaskSplitSerializer.INSTANCE.deserialize(1, frozen)).isEqualTo(split);
  }

  @Test
  void aPlanStateIsWhereItStandsAndWhatCameBack() throws Exception {
    byte[] frozen =
        ByteBuffer.allocate(16 + TASK_JSON.length)
            .putInt(3)
            .putInt(8)
            .putInt(1)
            .putInt(TASK_JSON.length)
            .put(TASK_JSON)
            .array();
    PlanState state = new PlanState(3, 8, List.of(TASK));

    assertThat(PlanStateSerializer.INSTANCE.serialize(state)).isEqualTo(frozen);
    assertThat(PlanStateSerializer.INSTANCE.deserialize(1, frozen)).isEqualTo(state);
  }

  @Test
  void anotherVersionIsRefusedByNumber() {
    assertThatThrownBy(() -> IndexTaskSplitSerializer.INSTANCE.deserialize(2, new byte[0]))
        .hasMessageContaining("version 2, only 1");
    assertThatThrownBy(() -> PlanStateSerializer.INSTANCE.deserialize(2, new byte[0]))
        .hasMessageContaining("version 2, only 1");
  }
}
