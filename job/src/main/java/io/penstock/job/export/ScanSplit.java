package io.penstock.job.export;

import java.io.IOException;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The whole of an export's plan.
 *
 * @param ended whether its last event has been emitted
 */
record ScanSplit(boolean ended) implements SourceSplit {
  @Override
  public String splitId() {
    return "plan";
  }

  /** Version 1: one byte. */
  enum Serializer implements SimpleVersionedSerializer<ScanSplit> {
    INSTANCE;

    private static final int V1 = 1;

    @Override
    public int getVersion() {
      return V1;
    }

    @Override
    public byte[] serialize(ScanSplit split) {
      return new byte[] {(byte) (split.ended() ? 1 : 0)};
    }

    @Override
    public ScanSplit deserialize(int version, byte[] bytes) throws IOException {
      if (version != V1 || bytes.length != 1) {
        throw new IOException("cannot read scan split version " + version + ", only " + V1);
      }
      return new ScanSplit(bytes[0] != 0);
    }
  }
}
