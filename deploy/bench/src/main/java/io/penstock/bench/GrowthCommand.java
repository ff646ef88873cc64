package io.penstock.bench;

import io.penstock.bench.data.Generator;
import io.penstock.bench.growth.Growth;
import io.penstock.bench.growth.Step;
import io.penstock.bench.service.PenstockLoader;
import io.penstock.bench.service.SyntheticS3;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Loads ever more of one thing. */
@Command(
    name = "growth",
    description = "Loads ever more of one thing, and shows what each piece costs.",
    mixinStandardHelpOptions = true)
final class GrowthCommand implements Callable<Integer> {
  @Mixin private Place place;

  @Option(
      names = "--steps",
      split = ",",
      defaultValue = "ROWS,OBJECTS,TINY,BUCKETS,COLUMNS,GZIP,LISTING",
      description = "Of ${COMPLETION-CANDIDATES} (default: all).")
  private List<Step> steps;

  @Option(
      names = "--scale",
      defaultValue = "1",
      description = "Multiplies all rows and objects (default: ${DEFAULT-VALUE}).")
  private double scale;

  @Option(
      names = "--keys",
      defaultValue = "1000000",
      description = "Listed by the step LISTING (default: ${DEFAULT-VALUE}).")
  private int keys;

  @Override
  public Integer call() throws Exception {
    Generator generator = place.generator();
    try (SyntheticS3 s3 = SyntheticS3.start(keys, Growth.tinyObject(generator));
        PenstockLoader penstock =
            place.penstock(List.of("penstock.source.allowed-endpoints=" + s3.endpoint()))) {
      Growth growth = new Growth(penstock, generator, place.folder("out"));
      growth.warmUp(scale);
      for (Step step : steps) {
        if (step == Step.LISTING) {
          growth.list(s3, keys);
        } else {
          growth.run(step, scale);
        }
      }
      System.out.println(growth);
    }
    return 0;
  }
}
