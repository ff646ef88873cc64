package io.penstock.bench.growth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.bench.data.Columns;
import io.penstock.bench.data.Dataset;
import io.penstock.bench.data.Format;
import io.penstock.bench.data.Generated;
import io.penstock.bench.data.Generator;
import io.penstock.bench.data.SourceSql;
import io.penstock.bench.measure.Cost;
import io.penstock.bench.measure.RowCheck;
import io.penstock.bench.measure.Table;
import io.penstock.bench.service.Folders;
import io.penstock.bench.service.PenstockLoader;
import io.penstock.bench.service.SyntheticS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Loads ever more of one thing, and tells what each piece costs. */
public final class Growth {
  private static final int WARM_UPS = 6;
  private static final int ROWS_PER_KEY = 10;
  private static final int KEYS_PER_LOADED = 10_000;

  private final PenstockLoader penstock;
  private final Generator generator;
  private final Path output;
  private final Table table =
      new Table(
          "step",
          "rows",
          "objects",
          "partitions",
          "CPU s",
          "CPU s per million rows",
          "CPU ms per object",
          "rows per CPU s",
          "TaskManager peak MB",
          "its heap after a collection, MB",
          "JobManager peak MB",
          "S3 server CPU s",
          "wall s");

  public Growth(PenstockLoader penstock, Generator generator, Path output) {
    this.penstock = penstock;
    this.generator = generator;
    this.output = output;
  }

  /** The object that a synthetic S3 server has under all of its keys. */
  public static byte[] tinyObject(Generator generator) throws IOException {
    Generated files = generator.generate(tinyDataset());
    return Files.readAllBytes(files.folder().resolve(tinyDataset().objectName(0)));
  }

  private static Dataset tinyDataset() {
    return new Dataset(Format.NDJSON_GZ, ROWS_PER_KEY, 1, 24, 60, 24, Columns.BASE, 1);
  }

  /** Loads, without telling, until what is compiled is compiled. */
  public void warmUp(double scale) throws Exception {
    Dataset dataset = Step.ROWS.datasets(scale).get(1);
    Generated files = generator.generate(dataset);
    penstock.prepare(dataset, files);
    for (int i = 0; i < WARM_UPS; i++) {
      penstock.load(dataset, files, output);
      penstock.forget();
    }
  }

  /** All sizes of one step; rows are compared with the objects. */
  public void run(Step step, double scale) throws Exception {
    for (Dataset dataset : step.datasets(scale)) {
      Generated files = generator.generate(dataset);
      penstock.prepare(dataset, files);
      Cost cost = penstock.load(dataset, files, output);
      add(step.title(), cost, dataset.objects());
      penstock.collect(Folders.fresh(output));
      RowCheck.assertSame(dataset, SourceSql.of(dataset, files.folder()), RowCheck.parquet(output));
      Folders.delete(output);
    }
  }

  /** Lists every key and loads a few. */
  public void list(SyntheticS3 s3, int keys) throws Exception {
    int loaded = keys / KEYS_PER_LOADED;
    ObjectNode source =
        JsonNodeFactory.instance
            .objectNode()
            .put("endpoint", s3.endpoint().toString())
            .put("regex_filter", "/\\d{5}7777\\.json\\.gz$");
    Cost cost = penstock.load(tinyDataset(), "s3://anywhere/" + s3.prefix(), source);
    if (cost.rows() != (long) loaded * ROWS_PER_KEY) {
      throw new IOException(
          "%d rows were to be loaded but %d were"
              .formatted((long) loaded * ROWS_PER_KEY, cost.rows()));
    }
    add(Step.LISTING.title(), cost, keys);
    penstock.forget();
  }

  private void add(String step, Cost cost, int objects) throws Exception {
    String[] cells = {
      step,
      format("%,d", cost.rows()),
      format("%,d", objects),
      format("%,d", penstock.partitions()),
      format("%.2f", cost.cpu()),
      format("%.2f", cost.cpuSecondsPerMillionRows()),
      format("%.3f", cost.cpu() * 1e3 / objects),
      format("%,.0f", cost.rowsPerCpuSecond()),
      format("%.0f", cost.workerPeakBytes() / 1e6),
      format("%.0f", penstock.cluster().liveHeapBytes() / 1e6),
      format("%.0f", cost.peakBytes().get("JobManager") / 1e6),
      format("%.2f", cost.cpuSeconds().get("S3 server")),
      format("%.1f", cost.wallSeconds())
    };
    table.add(cells);
    System.out.println(String.join(" | ", cells));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  @Override
  public String toString() {
    return table.toString();
  }
}
