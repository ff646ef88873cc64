package io.penstock.job.source;

import io.penstock.job.record.ChainedOnly;
import io.penstock.job.record.ReadEvent;
import io.penstock.job.s3.ObjectStores;
import io.penstock.spec.JobSpec;
import io.penstock.spec.SpecJson;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** S3 objects as index tasks; see the package. */
public final class IndexTaskSource
    implements Source<ReadEvent, IndexTaskSplit, PlanState>, ResultTypeQueryable<ReadEvent> {
  private final byte[] specJson;
  private final ObjectStores stores;
  private final boolean continuous;

  public IndexTaskSource(JobSpec spec, ObjectStores stores) {
    this.specJson = SpecJson.write(spec);
    this.stores = stores;
    this.continuous = spec.continuous();
  }

  @Override
  public Boundedness getBoundedness() {
    return continuous ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
  }

  @Override
  public SplitEnumerator<IndexTaskSplit, PlanState> createEnumerator(
      SplitEnumeratorContext<IndexTaskSplit> context) {
    return restoreEnumerator(context, PlanState.START);
  }

  @Override
  public SplitEnumerator<IndexTaskSplit, PlanState> restoreEnumerator(
      SplitEnumeratorContext<IndexTaskSplit> context, PlanState state) {
    return continuous
        ? new ArrivalEnumerator(spec(), stores.open(spec().sink().access()), context, state)
        : new IndexTaskEnumerator(spec(), stores, context, state);
  }

  @Override
  public SourceReader<ReadEvent, IndexTaskSplit> createReader(SourceReaderContext context) {
    // A reader cannot tell whether it is restored; asking S3 once a task costs little beside it.
    return new IndexTaskReader(spec(), stores, context, true);
  }

  @Override
  public SimpleVersionedSerializer<IndexTaskSplit> getSplitSerializer() {
    return IndexTaskSplitSerializer.INSTANCE;
  }

  @Override
  public SimpleVersionedSerializer<PlanState> getEnumeratorCheckpointSerializer() {
    return PlanStateSerializer.INSTANCE;
  }

  @Override
  public TypeInformation<ReadEvent> getProducedType() {
    return ChainedOnly.of(ReadEvent.class);
  }

  private JobSpec spec() {
    return SpecJson.read(specJson, JobSpec.class);
  }
}
