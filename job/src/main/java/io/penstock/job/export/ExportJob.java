package io.penstock.job.export;

import io.penstock.job.s3.ObjectStores;
import io.penstock.spec.export.ExportResult;
import io.penstock.spec.export.ExportSpec;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A table's rows to files: three operators of one subtask, so that there is one order. */
public final class ExportJob {
  private ExportJob() {}

  /** Adds the job's operators; their uids are part of every savepoint and never change. */
  public static void build(
      StreamExecutionEnvironment environment, ExportSpec spec, ObjectStores stores) {
    environment.setRuntimeMode(RuntimeExecutionMode.STREAMING);
    environment.getConfig().enableObjectReuse();
    environment.setParallelism(1);
    DataStream<ScanEvent> rows =
        environment
            .fromSource(
                new ScanSource(spec, stores), WatermarkStrategy.noWatermarks(), "Scan table")
            .uid("scan");
    DataStream<ExportResult> results =
        rows.process(new WriteFiles(spec, stores)).name("Write files").uid("files");
    results.sinkTo(new ResultSink(spec, stores)).name("Write result").uid("result");
  }
}
