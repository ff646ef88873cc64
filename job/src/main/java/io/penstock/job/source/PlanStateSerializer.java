package io.penstock.job.source;

import io.penstock.spec.PlannedTask;
import io.penstock.spec.SpecJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Version 1: segment, next task, and the returned tasks as JSON behind their lengths. */
enum PlanStateSerializer implements SimpleVersionedSerializer<PlanState> {
  INSTANCE;

  private static final int V1 = 1;
  private static final int INITIAL_BYTES = 256;

  @Override
  public int getVersion() {
    return V1;
  }

  @Override
  public byte[] serialize(PlanState state) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(INITIAL_BYTES);
    out.writeInt(state.segment());
    out.writeInt(state.nextTask());
    out.writeInt(state.returned().size());
    for (PlannedTask task : state.returned()) {
      byte[] json = SpecJson.write(task);
      out.writeInt(json.length);
      out.write(json);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public PlanState deserialize(int version, byte[] bytes) throws IOException {
    if (version != V1) {
      throw new IOException("cannot read plan state version " + version + ", only " + V1);
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    int segment = in.readInt();
    int nextTask = in.readInt();
    int count = in.readInt();
    List<PlannedTask> returned = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] json = new byte[in.readInt()];
      in.readFully(json);
      returned.add(SpecJson.read(json, PlannedTask.class));
    }
    return new PlanState(segment, nextTask, returned);
  }
}
