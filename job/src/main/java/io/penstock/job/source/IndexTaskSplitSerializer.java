package io.penstock.job.source;

import io.penstock.spec.PlannedTask;
import io.penstock.spec.SpecJson;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Version 1: whether it has ended, then the task as JSON behind its length. */
enum IndexTaskSplitSerializer implements SimpleVersionedSerializer<IndexTaskSplit> {
  INSTANCE;

  private static final int V1 = 1;
  private static final int INITIAL_BYTES = 256;

  @Override
  public int getVersion() {
    return V1;
  }

  @Override
  public byte[] serialize(IndexTaskSplit split) throws IOException {
    byte[] task = SpecJson.write(split.task());
    DataOutputSerializer out = new DataOutputSerializer(INITIAL_BYTES + task.length);
    out.writeBoolean(split.ended());
    out.writeInt(task.length);
    out.write(task);
    return out.getCopyOfBuffer();
  }

  @Override
  public IndexTaskSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version != V1) {
      throw new IOException("cannot read index task split version " + version + ", only " + V1);
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    boolean ended = in.readBoolean();
    byte[] task = new byte[in.readInt()];
    in.readFully(task);
    return new IndexTaskSplit(SpecJson.read(task, PlannedTask.class), ended);
  }
}
