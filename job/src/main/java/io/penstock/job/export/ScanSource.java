package io.penstock.job.export;

import io.penstock.job.record.ChainedOnly;
import io.penstock.job.s3.ObjectStores;
import io.penstock.spec.SpecJson;
import io.penstock.spec.export.ExportSpec;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The rows of a plan's files; see the package. */
final class ScanSource
    implements Source<ScanEvent, ScanSplit, ScanSplit>, ResultTypeQueryable<ScanEvent> {
  private final byte[] specJson;
  private final ObjectStores stores;

  ScanSource(ExportSpec spec, ObjectStores stores) {
    this.specJson = SpecJson.write(spec);
    this.stores = stores;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SplitEnumerator<ScanSplit, ScanSplit> createEnumerator(
      SplitEnumeratorContext<ScanSplit> context) {
    return new ScanEnumerator(context, true);
  }

  /** The state is a split that has ended if the real one was handed out. */
  @Override
  public SplitEnumerator<ScanSplit, ScanSplit> restoreEnumerator(
      SplitEnumeratorContext<ScanSplit> context, ScanSplit state) {
    return new ScanEnumerator(context, !state.ended());
  }

  @Override
  public SourceReader<ScanEvent, ScanSplit> createReader(SourceReaderContext context) {
    return new ScanReader(SpecJson.read(specJson, ExportSpec.class), stores, context);
  }

  @Override
  public SimpleVersionedSerializer<ScanSplit> getSplitSerializer() {
    return ScanSplit.Serializer.INSTANCE;
  }

  @Override
  public SimpleVersionedSerializer<ScanSplit> getEnumeratorCheckpointSerializer() {
    return ScanSplit.Serializer.INSTANCE;
  }

  @Override
  public TypeInformation<ScanEvent> getProducedType() {
    return ChainedOnly.of(ScanEvent.class);
  }
}
