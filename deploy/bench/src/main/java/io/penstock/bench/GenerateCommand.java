package io.penstock.bench;

import io.penstock.bench.data.Dataset;
import io.penstock.bench.data.Generated;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes a data set. */
@Command(
    name = "generate",
    description = "Writes a data set to the work folder, once; the others do so, too.",
    mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {
  @Mixin private Place place;
  @Mixin private Workload workload;

  @Override
  public Integer call() throws Exception {
    Dataset dataset = workload.dataset();
    Generated files = place.generator().generate(dataset);
    System.out.printf(
        "%s: %d bytes of %s, %d uncompressed, %d a row%n",
        files.folder(),
        files.storedBytes(),
        dataset.format(),
        files.plainBytes(),
        files.plainBytes() / dataset.rows());
    return 0;
  }
}
