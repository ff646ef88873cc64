package io.penstock.job.sink;

import io.penstock.job.record.RowEvent;
import io.penstock.job.s3.ObjectStores;
import io.penstock.spec.JobSpec;
import io.penstock.spec.SpecJson;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Rows as Parquet partitions on S3; see the package. */
public final class PartitionSink implements Sink<RowEvent>, SupportsCommitter<TaskCommittable> {
  private final byte[] specJson;
  private final ObjectStores stores;

  public PartitionSink(JobSpec spec, ObjectStores stores) {
    this.specJson = SpecJson.write(spec);
    this.stores = stores;
  }

  @Override
  public SinkWriter<RowEvent> createWriter(WriterInitContext context) {
    JobSpec spec = spec();
    return new PartitionWriter(spec, stores.open(spec.sink().access()), context.metricGroup());
  }

  @Override
  public Committer<TaskCommittable> createCommitter(CommitterInitContext context) {
    JobSpec spec = spec();
    return new TaskCommitter(spec, stores.open(spec.sink().access()));
  }

  @Override
  public SimpleVersionedSerializer<TaskCommittable> getCommittableSerializer() {
    return TaskCommittableSerializer.INSTANCE;
  }

  private JobSpec spec() {
    return SpecJson.read(specJson, JobSpec.class);
  }
}
