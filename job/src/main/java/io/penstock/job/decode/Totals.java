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

  /** With rows with a warning at the end. */
  private static final int V2 = 2;

  private static final int BYTES = 4 + 10 * 8;

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
    out.writeInt(V2);
    out.writeLong(counts.rowsRead());
    out.writeLong(counts.rowsWritten());
    out.writeLong(counts.rowsFiltered());
    out.writeLong(counts.rowsRejected());
    out.writeLong(counts.objects());
    out.writeLong(counts.storedBytes());
    out.writeLong(counts.decodedBytes());
    out.writeLong(tasksRead);
    out.writeLong(tasksFailed);
    out.writeLong(counts.rowsWithWarning());
    return out.getCopyOfBuffer();
  }

  static Totals fromBytes(byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    int version = in.readInt();
    if (version != V1 && version != V2) {
      throw new IOException(
          "cannot read totals version " + version + ", only " + V1 + " and " + V2);
    }
    long[] values = new long[9];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readLong();
    }
    TaskCounts counts =
        new TaskCounts(
            values[0],
            values[1],
            values[2],
            values[3],
            values[4],
            values[5],
            values[6],
            version == V1 ? 0 : in.readLong());
    return new Totals(counts, values[7], values[8]);
  }
}
