package io.penstock.job;

import io.penstock.job.decode.DecodeRows;
import io.penstock.job.export.ExportJob;
import io.penstock.job.record.ReadEvent;
import io.penstock.job.record.RowEvent;
import io.penstock.job.s3.ObjectStores;
import io.penstock.job.s3.S3ObjectStores;
import io.penstock.job.sink.PartitionSink;
import io.penstock.job.source.IndexTaskSource;
import io.penstock.spec.JobSpec;
import io.penstock.spec.SpecJson;
import io.penstock.spec.export.ExportSpec;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The Flink job: objects to partitions, or a table's rows to files; three chained operators. */
public final class PenstockJob {
  private static final String SPEC_ARGUMENT = "--spec";
  private static final String EXPORT_ARGUMENT = "--export";

  private PenstockJob() {}

  /**
   * @param arguments {@code --spec} and a {@link JobSpec} as JSON, or {@code --export} and an
   *     {@link ExportSpec}
   */
  public static void main(String[] arguments) throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    switch (arguments.length == 2 ? arguments[0] : "") {
      case SPEC_ARGUMENT -> {
        JobSpec spec = read(arguments[1], JobSpec.class);
        build(environment, spec, new S3ObjectStores());
        environment.execute(spec.title());
      }
      case EXPORT_ARGUMENT -> {
        ExportSpec spec = read(arguments[1], ExportSpec.class);
        ExportJob.build(environment, spec, new S3ObjectStores());
        environment.execute(spec.title());
      }
      default ->
          throw new IllegalArgumentException(
              "usage: %s <job specification, JSON> or %s <export specification, JSON>"
                  .formatted(SPEC_ARGUMENT, EXPORT_ARGUMENT));
    }
  }

  private static <T> T read(String json, Class<T> type) {
    return SpecJson.read(json.getBytes(StandardCharsets.UTF_8), type);
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
