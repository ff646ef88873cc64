package io.penstock.bench;

import io.penstock.bench.data.Dataset;
import io.penstock.bench.data.Generated;
import io.penstock.bench.measure.Cost;
import io.penstock.bench.measure.Loader;
import io.penstock.bench.measure.RowCheck;
import io.penstock.bench.peer.Peer;
import io.penstock.bench.peer.PeerLoader;
import io.penstock.bench.service.Folders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Loads the same objects with Penstock and its peers, in turns. */
@Command(
    name = "compare",
    description = "Loads the same objects with Penstock and its peers, in turns.",
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  @Mixin private Place place;
  @Mixin private Workload workload;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "That are counted (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--warm-ups",
      defaultValue = "2",
      description = "Rounds before them (default: ${DEFAULT-VALUE}).")
  private int warmUps;

  @Option(names = "--threads", description = "Show CPU seconds by thread, too.")
  private boolean threads;

  @Option(
      names = "--peers",
      split = ",",
      defaultValue = "DUCKDB",
      description = "Of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private List<Peer> peers;

  @Override
  public Integer call() throws Exception {
    Dataset dataset = workload.dataset();
    Generated files = place.generator().generate(dataset);
    List<Loader> loaders = new ArrayList<>();
    Comparison comparison = new Comparison(dataset, files);
    try {
      loaders.add(place.penstock(List.of()));
      for (Peer peer : peers) {
        String log = peer.name().toLowerCase(Locale.ROOT) + ".log";
        loaders.add(PeerLoader.start(peer, place.folder("log").resolve(log)));
      }
      for (Loader loader : loaders) {
        loader.prepare(dataset, files);
      }
      for (int round = 1 - warmUps; round <= rounds; round++) {
        List<Cost> costs = round(dataset, files, loaders);
        System.out.println(Comparison.line(round, costs));
        if (threads) {
          loaders.stream().map(Loader::threads).forEach(System.out::println);
        }
        if (round > 0) {
          comparison.add(costs);
        }
      }
    } finally {
      for (Loader loader : loaders) {
        loader.close();
      }
    }
    System.out.println(comparison);
    return 0;
  }

  private List<Cost> round(Dataset dataset, Generated files, List<Loader> loaders)
      throws Exception {
    List<Cost> costs = new ArrayList<>();
    List<Path> outputs = new ArrayList<>();
    for (Loader loader : loaders) {
      Path output = Folders.fresh(place.folder("out").resolve("" + outputs.size()));
      costs.add(loader.load(dataset, files, output));
      loader.collect(output);
      outputs.add(output);
    }
    for (int i = 1; i < outputs.size(); i++) {
      RowCheck.assertSame(
          dataset, RowCheck.parquet(outputs.get(i)), RowCheck.parquet(outputs.get(0)));
    }
    for (Path output : outputs) {
      Folders.delete(output);
    }
    return costs;
  }
}
