package io.penstock.bench.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.bench.data.Dataset;
import io.penstock.bench.data.Generated;
import io.penstock.bench.measure.Cost;
import io.penstock.bench.measure.Loader;
import io.penstock.bench.measure.Stopwatch;
import io.penstock.bench.measure.ThreadTimes;
import io.penstock.control.job.TableRef;
import io.penstock.control.publish.IcebergTables;
import io.penstock.control.publish.StorageAccess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;

/** Loads through a cluster's HTTP API, from S3 to S3, until the rows are published. */
public final class PenstockLoader implements Loader {
  private static final String LANDING = "landing";

  private final Cluster cluster;
  private final Options options;
  private final ApiClient api;
  private final Storage storage;
  private final Set<String> uploaded = new HashSet<>();
  private ApiClient.Table table;
  private String threads = "";

  private PenstockLoader(Cluster cluster, Options options, ApiClient api) {
    this.cluster = cluster;
    this.options = options;
    this.api = api;
    this.storage = new Storage(cluster.settings());
  }

  /**
   * How a job is submitted.
   *
   * @param maxOpen open partitions of one task
   * @param taskBytes objects are bundled into tasks of about so many stored bytes
   */
  public record Options(int slots, int maxOpen, long taskBytes) {}

  /** Closes the cluster with itself. */
  public static PenstockLoader of(Cluster cluster, Options options) throws Exception {
    String key = cluster.settings().getProperty("penstock.bootstrap.api-key");
    return new PenstockLoader(cluster, options, new ApiClient(cluster.api(), key));
  }

  @Override
  public String name() {
    return "Penstock";
  }

  @Override
  public void prepare(Dataset dataset, Generated files) throws Exception {
    if (uploaded.add(dataset.name())) {
      storage.upload(files.folder(), LANDING, dataset.name() + "/");
    }
  }

  @Override
  public Cost load(Dataset dataset, Generated files, Path output) throws Exception {
    return load(dataset, "s3://" + LANDING + "/" + dataset.name() + "/", ApiClient.object());
  }

  /**
   * Loads from anywhere.
   *
   * @param source further settings of the source
   */
  public Cost load(Dataset dataset, String url, ObjectNode source) throws Exception {
    table = api.newTable(dataset);
    ObjectNode settings =
        ApiClient.object()
            .put("max_minutes_per_partition", dataset.bucketMinutes())
            .put("max_active_partitions", options.maxOpen())
            .put("input_concurrency", options.slots())
            .put("input_aggregation", options.taskBytes());
    if (source.has("regex_filter")) {
      settings.set("regex_filter", source.remove("regex_filter"));
    }
    Map<String, ThreadTimes> byThread = new LinkedHashMap<>();
    cluster.jobSide().forEach((name, one) -> byThread.put(name, ThreadTimes.start(one)));
    Stopwatch watch = Stopwatch.start(cluster.processes(), Cluster.JOB_SIDE);
    JsonNode job = api.await(api.submit(table, settings, source.put("url", url)));
    JsonNode counters = job.at("/details/counters");
    Cost cost = watch.stop(name(), counters.path("rows_written").asLong(), published());
    threads =
        byThread.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue().stop())
            .collect(Collectors.joining("\n"));
    if (counters.path("rows_rejected").asLong() > 0) {
      throw new IOException("rows were rejected: " + job.toPrettyString());
    }
    return cost;
  }

  /** Of all published files. */
  private long published() throws IOException {
    return files().stream().mapToLong(DataFile::fileSizeInBytes).sum();
  }

  /** CPU seconds of the last load by thread, a line for each process of the job's side. */
  @Override
  public String threads() {
    return threads;
  }

  /** How many files the last load has published. */
  public int partitions() throws IOException {
    return files().size();
  }

  public Cluster cluster() {
    return cluster;
  }

  private List<DataFile> files() throws IOException {
    List<DataFile> files = new ArrayList<>();
    int dot = table.name().indexOf('.');
    TableRef ref =
        new TableRef(
            table.projectId(),
            table.name().substring(0, dot),
            table.id(),
            table.name().substring(dot + 1));
    try (IcebergTables tables = tables(cluster.settings());
        CloseableIterable<FileScanTask> tasks =
            tables.load(ref).orElseThrow().newScan().planFiles()) {
      tasks.forEach(task -> files.add(task.file()));
    }
    return files;
  }

  @Override
  public void collect(Path output) throws Exception {
    Files.createDirectories(output);
    storage.download(files().stream().map(file -> URI.create(file.location())).toList(), output);
    forget();
  }

  /** Deletes what the last load has published. */
  public void forget() throws Exception {
    UUID project = table.projectId();
    storage.delete(
        cluster.settings().getProperty("penstock.storage.bucket"),
        "tables/" + project + "/" + table.id() + "/");
  }

  private static IcebergTables tables(Properties settings) {
    return IcebergTables.toRead(
        settings.getProperty("penstock.database.url"),
        settings.getProperty("penstock.database.user"),
        "",
        new StorageAccess(
            Optional.of(URI.create(settings.getProperty("penstock.storage.endpoint"))),
            "us-east-1",
            true,
            settings.getProperty("penstock.storage.bucket"),
            "",
            settings.getProperty("penstock.storage.access-key-id"),
            settings.getProperty("penstock.storage.secret-access-key")));
  }

  @Override
  public void close() throws Exception {
    storage.close();
    cluster.close();
  }
}
