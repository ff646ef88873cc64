package io.penstock.job;

import io.penstock.job.decode.DecodeRows;
import io.penstock.job.record.ReadEvent;
import io.penstock.job.record.RowEvent;
import io.penstock.job.s3.ObjectStores;
import io.penstock.job.s3.S3ObjectStores;
import io.penstock.job.sink.PartitionSink;
import io.penstock.job.source.IndexTaskSource;
import io.penstock.spec.JobSpec;
import io.penstock.spec.SpecJson;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The Flink job: objects to partitions, three chained operators. */
public final class PenstockJob {
  private static final String SPEC_ARGUMENT = "--spec";

  private PenstockJob() {}

  /**
   * @param arguments {@code --spec} and the {@link JobSpec} as JSON
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 2 || !arguments[0].equals(SPEC_ARGUMENT)) {
      throw new IllegalArgumentException("usage: " + SPEC_ARGUMENT + " <job specification, JSON>");
    }
    JobSpec spec = SpecJson.read(arguments[1].getBytes(StandardCharsets.UTF_8), JobSpec.class);
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    build(environment, spec, new S3ObjectStores());
    environment.execute(spec.title());
  }

  /** Adds the job's operators; their uids are part of every savepoint and never change. */
  static void build(StreamExecutionEnvironment environment, JobSpec spec, ObjectStores stores) {
    environment.setRuntimeMode(RuntimeExecutionMode.STREAMING);
    environment.getConfig().enableObjectReuse();
    DataStream<ReadEvent> read =
        environment
            .fromSource(
                new IndexTaskSource(spec, stores),
                WatermarkStrategy.noWatermarks(),
                "Read " + spec.source().url(""))
            .uid("read");
    DataStream<RowEvent> rows =
        read.process(new DecodeRows(spec)).name("Decode rows").uid("decode");
    rows.sinkTo(new PartitionSink(spec, stores)).name("Write partitions").uid("write");
  }
}
