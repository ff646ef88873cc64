package io.penstock.job.export;

import io.penstock.spec.SpecJson;
import io.penstock.spec.export.ExportResult;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Version 1: JSON. */
enum ResultSerializer implements SimpleVersionedSerializer<ExportResult> {
  INSTANCE;

  private static final int V1 = 1;

  @Override
  public int getVersion() {
    return V1;
  }

  @Override
  public byte[] serialize(ExportResult result) {
    return SpecJson.write(result);
  }

  @Override
  public ExportResult deserialize(int version, byte[] bytes) throws IOException {
    if (version != V1) {
      throw new IOException("cannot read export result version " + version + ", only " + V1);
    }
    return SpecJson.read(bytes, ExportResult.class);
  }
}
