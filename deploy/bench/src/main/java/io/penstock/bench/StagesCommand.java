package io.penstock.bench;

import io.penstock.bench.data.Format;
import io.penstock.bench.stage.Stages;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the stages of a task in one thread, without Flink and S3. */
@Command(
    name = "stages",
    description = "Measures the stages of a task in one thread, without Flink and S3 (JMH).",
    mixinStandardHelpOptions = true)
final class StagesCommand implements Callable<Integer> {
  @Mixin private Place place;

  @Option(
      names = "--format",
      defaultValue = "NDJSON_GZ",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Override
  public Integer call() throws Exception {
    System.out.println(Stages.run(format, place.folder("log").resolve("jmh.log")));
    return 0;
  }
}
