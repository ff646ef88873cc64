package io.penstock.bench.stage;

import io.penstock.bench.data.Format;
import io.penstock.bench.measure.Table;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link StageBenchmarks} and tells what each stage takes of the whole. */
public final class Stages {
  private static final double MILLIS_TO_SECONDS_PER_MILLION = 1e3 / StageBenchmarks.ROWS;

  private Stages() {}

  /**
   * @param log takes what JMH says
   */
  public static String run(Format format, Path log) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(StageBenchmarks.class.getName() + ".*")
                    .param("format", format.name())
                    .addProfiler(CpuProfiler.class)
                    .jvmArgsAppend("-Xmx1g", "-XX:+UseParallelGC")
                    .output(log.toString())
                    .build())
            .run();
    Map<String, Double> seconds = new HashMap<>();
    for (RunResult result : results) {
      String name = result.getParams().getBenchmark();
      double millis = result.getSecondaryResults().get(CpuProfiler.LABEL).getScore();
      seconds.put(
          name.substring(name.lastIndexOf('.') + 1), millis * MILLIS_TO_SECONDS_PER_MILLION);
    }
    return format + ", CPU s per million rows\n\n" + table(seconds);
  }

  private static Table table(Map<String, Double> seconds) {
    double inflate = seconds.get("inflate");
    double frame = seconds.get("frame");
    double decode = seconds.get("decode");
    double write = seconds.get("write");
    double hash = seconds.get("hash");
    Table table = new Table("stage", "CPU s", "share");
    add(table, "inflate", inflate, write);
    add(table, "frame", frame - inflate, write);
    add(table, "decode", decode - frame, write);
    add(table, "route, encode, compress", write - decode - hash, write);
    add(table, "SHA-256", hash, write);
    add(table, "all", write, write);
    return table;
  }

  private static void add(Table table, String stage, double seconds, double all) {
    table.add(
        stage,
        String.format(Locale.ROOT, "%.2f", seconds),
        String.format(Locale.ROOT, "%.0f %%", 100 * seconds / all));
  }
}
