package io.penstock.bench;

import io.penstock.bench.data.Generator;
import io.penstock.bench.service.Cluster;
import io.penstock.bench.service.PenstockLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where a benchmark works, and the cluster it measures. */
final class Place {
  @Option(
      names = "--work",
      defaultValue = "target/bench",
      description = "Folder for data sets, outputs and logs (default: ${DEFAULT-VALUE}).")
  private Path work;

  @Option(names = "--home", hidden = true, required = true)
  private Path home;

  @Option(
      names = "--slots",
      defaultValue = "2",
      description = "Slots of the one TaskManager (default: ${DEFAULT-VALUE}).")
  private int slots;

  @Option(
      names = "--memory",
      defaultValue = "2g",
      description = "Of the TaskManager's process (default: ${DEFAULT-VALUE}).")
  private String memory;

  @Option(
      names = "--task-bytes",
      defaultValue = "128000000",
      description = "The jobs' input_aggregation (default: ${DEFAULT-VALUE}).")
  private long taskBytes;

  /** A trial cluster looks and commits more often, so that small jobs are soon seen. */
  private static final List<String> SERVICE_DEFAULTS =
      List.of("penstock.flink.checkpoint-interval=PT5S", "penstock.reconcile.interval=PT1S");

  @Option(
      names = "--max-open",
      defaultValue = "576",
      description = "The jobs' max_active_partitions (default: ${DEFAULT-VALUE}).")
  private int maxOpen;

  Path folder(String name) throws IOException {
    return Files.createDirectories(work.toAbsolutePath().resolve(name));
  }

  Generator generator() throws IOException {
    return new Generator(folder("data"));
  }

  /**
   * @param more settings of the control API
   */
  PenstockLoader penstock(List<String> more) throws Exception {
    List<String> settings = new ArrayList<>(SERVICE_DEFAULTS);
    settings.addAll(more);
    return PenstockLoader.of(
        Cluster.up(
            home.toAbsolutePath(), folder("cluster"), new Cluster.Setup(slots, memory, settings)),
        new PenstockLoader.Options(slots, maxOpen, taskBytes));
  }
}
