package io.penstock.job.decode;

import io.penstock.spec.TaskCounts;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * What a subtask has counted of tasks that have ended: its checkpointed state.
 *
 * @param tasksRead to their end, or found done
 */
record Totals(TaskCounts counts, long tasksRead, long tasksFailed) {
  static final Totals ZERO = new Totals(TaskCounts.ZERO, 0, 0);
  private static final int V1 = 1;
  private static final int BYTES = 4 + 9 * 8;

  Totals plus(Totals other) {
    return new Totals(
        counts.plus(other.counts), tasksRead + other.tasksRead, tasksFailed + other.tasksFailed);
  }

  Totals plusRead(TaskCounts task) {
    return new Totals(counts.plus(task), tasksRead + 1, tasksFailed);
  }

  Totals plusFailed() {
    return new Totals(counts, tasksRead, tasksFailed + 1);
  }

  /** Version, then the numbers in order. */
  byte[] toBytes() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(BYTES);
    out.writeInt(V1);
    out.writeLong(counts.rowsRead());
    out.writeLong(counts.rowsWritten());
    out.writeLong(counts.rowsFiltered());
    out.writeLong(counts.rowsRejected());
    out.writeLong(counts.objects());
    out.writeLong(counts.storedBytes());
    out.writeLong(counts.decodedBytes());
    out.writeLong(tasksRead);
    out.writeLong(tasksFailed);
    return out.getCopyOfBuffer();
  }

  static Totals fromBytes(byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    int version = in.readInt();
    if (version != V1) {
      throw new IOException("cannot read totals version " + version + ", only " + V1);
    }
    TaskCounts counts =
        new TaskCounts(
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong());
    return new Totals(counts, in.readLong(), in.readLong());
  }
}
