package io.penstock.job.export;

import io.penstock.job.s3.ObjectStores;
import io.penstock.spec.SpecJson;
import io.penstock.spec.export.ExportResult;
import io.penstock.spec.export.ExportSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Leaves the result in the job's folder; see the package. */
final class ResultSink implements Sink<ExportResult>, SupportsCommitter<ExportResult> {
  private final byte[] specJson;
  private final ObjectStores stores;

  ResultSink(ExportSpec spec, ObjectStores stores) {
    this.specJson = SpecJson.write(spec);
    this.stores = stores;
  }

  @Override
  public SinkWriter<ExportResult> createWriter(WriterInitContext context) {
    return new Writer();
  }

  @Override
  public Committer<ExportResult> createCommitter(CommitterInitContext context) {
    ExportSpec spec = SpecJson.read(specJson, ExportSpec.class);
    return new ResultCommitter(spec, stores.open(spec.storage()));
  }

  @Override
  public SimpleVersionedSerializer<ExportResult> getCommittableSerializer() {
    return ResultSerializer.INSTANCE;
  }

  /** Hands the result to the committer at the next checkpoint. */
  private static final class Writer implements CommittingSinkWriter<ExportResult, ExportResult> {
    private final List<ExportResult> finished = new ArrayList<>();

    @Override
    public void write(ExportResult result, Context context) {
      finished.add(result);
    }

    @Override
    public void flush(boolean endOfInput) {
      // A result is whole, or not there yet.
    }

    @Override
    public Collection<ExportResult> prepareCommit() {
      List<ExportResult> prepared = List.copyOf(finished);
      finished.clear();
      return prepared;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
