package io.penstock.job.sink;

import io.penstock.job.s3.ObjectStore;
import io.penstock.spec.SpecJson;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Version 1: the record as JSON behind its length, then the uploads. Version 2: and the start, in
 * milliseconds since the epoch, 0 for none.
 */
enum TaskCommittableSerializer implements SimpleVersionedSerializer<TaskCommittable> {
  INSTANCE;

  private static final int V1 = 1;
  private static final int V2 = 2;
  private static final int INITIAL_BYTES = 1024;

  @Override
  public int getVersion() {
    return V2;
  }

  @Override
  public byte[] serialize(TaskCommittable committable) throws IOException {
    byte[] record = SpecJson.write(committable.record());
    DataOutputSerializer out = new DataOutputSerializer(INITIAL_BYTES + record.length);
    out.writeInt(record.length);
    out.write(record);
    out.writeInt(committable.uploads().size());
    for (Upload upload : committable.uploads()) {
      out.writeUTF(upload.key());
      out.writeUTF(upload.uploadId());
      out.writeLong(upload.length());
      out.writeUTF(upload.sha256());
      out.writeInt(upload.parts().size());
      for (ObjectStore.UploadedPart part : upload.parts()) {
        out.writeInt(part.number());
        out.writeUTF(part.etag());
      }
    }
    out.writeLong(committable.started().map(Instant::toEpochMilli).orElse(0L));
    return out.getCopyOfBuffer();
  }

  @Override
  public TaskCommittable deserialize(int version, byte[] bytes) throws IOException {
    if (version != V1 && version != V2) {
      throw new IOException(
          "cannot read task committable version " + version + ", only " + V1 + " and " + V2);
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    byte[] record = new byte[in.readInt()];
    in.readFully(record);
    int count = in.readInt();
    List<Upload> uploads = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      uploads.add(readUpload(in));
    }
    long started = version == V1 ? 0 : in.readLong();
    return new TaskCommittable(
        SpecJson.read(record, TaskRecord.class),
        uploads,
        started == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(started)));
  }

  private static Upload readUpload(DataInputDeserializer in) throws IOException {
    String key = in.readUTF();
    String uploadId = in.readUTF();
    long length = in.readLong();
    String sha256 = in.readUTF();
    int count = in.readInt();
    List<ObjectStore.UploadedPart> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      parts.add(new ObjectStore.UploadedPart(in.readInt(), in.readUTF()));
    }
    return new Upload(key, uploadId, parts, length, sha256);
  }
}
