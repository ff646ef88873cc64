package io.penstock.job;

import io.penstock.job.export.ExportJob;
import io.penstock.job.s3.ObjectStore;
import io.penstock.job.s3.ObjectStores;
import io.penstock.job.s3.S3ObjectStores;
import io.penstock.locals3.LocalS3;
import io.penstock.spec.FailurePolicy;
import io.penstock.spec.JobFolder;
import io.penstock.spec.JobSpec;
import io.penstock.spec.ObjectSelection;
import io.penstock.spec.PartitionFile;
import io.penstock.spec.PartitionLimits;
import io.penstock.spec.PlanSummary;
import io.penstock.spec.S3Access;
import io.penstock.spec.S3Credentials;
import io.penstock.spec.SecretBox;
import io.penstock.spec.SinkSpec;
import io.penstock.spec.SourceSpec;
import io.penstock.spec.SpecJson;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TaskFailure;
import io.penstock.spec.TaskRecord;
import io.penstock.spec.TransformSpec;
import io.penstock.spec.export.ExportSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster and an S3 server in this JVM, with two buckets, and what tests do with them. */
final class JobFixture implements AutoCloseable {
  static final String LANDING = "landing";
  static final String WAREHOUSE = "warehouse";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final LocalS3 s3;
  private final MiniCluster cluster;
  private final ObjectStore store;
  private final S3Access access;

  JobFixture(Path folder) throws Exception {
    this.folder = folder;
    String key = SecretBox.newKey();
    System.setProperty("penstock.secret-key", key);
    Files.createDirectories(folder.resolve("s3/" + LANDING));
    Files.createDirectories(folder.resolve("s3/" + WAREHOUSE));
    s3 = LocalS3.start(folder.resolve("s3"), 0, "access", "secret");
    access =
        new S3Access(
            Optional.of(s3.endpoint().toString()),
            "us-east-1",
            true,
            Optional.of(
                SecretBox.of(key).seal(new S3Credentials("access", "secret", Optional.empty()))));
    store = new S3ObjectStores().open(access);
    Configuration configuration = new Configuration();
    configuration.setString("rest.bind-port", "0");
    configuration.setString("rest.address", "127.0.0.1");
    configuration.setString("rest.bind-address", "127.0.0.1");
    configuration.setString("execution.checkpointing.interval", "200 ms");
    configuration.setString(
        "execution.checkpointing.dir", folder.resolve("chk").toUri().toString());
    configuration.setString("restart-strategy.type", "fixed-delay");
    configuration.setString("restart-strategy.fixed-delay.attempts", "20");
    configuration.setString("restart-strategy.fixed-delay.delay", "50 ms");
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(4)
                .build());
    cluster.start();
  }

  ObjectStore store() {
    return store;
  }

  void upload(Map<String, byte[]> objects) throws IOException {
    for (Map.Entry<String, byte[]> object : objects.entrySet()) {
      store.put(LANDING, object.getKey(), object.getValue());
    }
  }

  JobSpec spec(TransformSpec transform, PartitionLimits limits, FailurePolicy policy) {
    return spec(UUID.randomUUID(), 1, transform, limits, policy);
  }

  JobSpec spec(
      UUID jobId,
      int attempt,
      TransformSpec transform,
      PartitionLimits limits,
      FailurePolicy policy) {
    return new JobSpec(
        JobSpec.VERSION,
        jobId,
        "load events",
        attempt,
        new SourceSpec(access, "s3", LANDING, new ObjectSelection.Prefix("events/"), "", 0, 20_000),
        transform,
        new SinkSpec(access, WAREHOUSE, "t/data/", "jobs/", limits, 3, false),
        policy);
  }

  /** Returns at once. */
  JobID start(JobSpec spec, ObjectStores stores, int parallelism, Optional<String> savepoint)
      throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism);
    PenstockJob.build(environment, spec, stores);
    environment.enableCheckpointing(200);
    JobGraph graph = environment.getStreamGraph().getJobGraph();
    savepoint.ifPresent(
        path -> graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(path)));
    return cluster.submitJob(graph).get().getJobID();
  }

  /** Returns at once. */
  JobID start(ExportSpec spec, ObjectStores stores) throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1);
    ExportJob.build(environment, spec, stores);
    environment.enableCheckpointing(200);
    return cluster.submitJob(environment.getStreamGraph().getJobGraph()).get().getJobID();
  }

  S3Access access() {
    return access;
  }

  void run(JobSpec spec, int parallelism) throws Exception {
    await(start(spec, new S3ObjectStores(), parallelism, Optional.empty()));
  }

  /** Waits for success; the job's failure is thrown. */
  void await(JobID job) throws Exception {
    cluster.requestJobResult(job).get().toJobExecutionResult(getClass().getClassLoader());
  }

  Map<String, Object> accumulators(JobID job) throws Exception {
    return cluster
        .requestJobResult(job)
        .get()
        .toJobExecutionResult(getClass().getClassLoader())
        .getAllAccumulatorResults();
  }

  void cancel(JobID job) throws Exception {
    cluster.cancelJob(job).get();
    JobStatus unused = awaitEnd(job);
  }

  /** Bounded polling. */
  void awaitRunning(JobID job) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (cluster.getExecutionGraph(job).get().getState() != JobStatus.RUNNING
        || !allRunning(job)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("job " + job + " does not run");
      }
      Thread.onSpinWait();
    }
  }

  private boolean allRunning(JobID job) throws Exception {
    for (AccessExecutionVertex vertex :
        cluster.getExecutionGraph(job).get().getAllExecutionVertices()) {
      if (vertex.getExecutionState() != ExecutionState.RUNNING) {
        return false;
      }
    }
    return true;
  }

  JobStatus awaitEnd(JobID job) throws Exception {
    cluster.requestJobResult(job).get();
    return cluster.getJobStatus(job).get();
  }

  String stopWithSavepoint(JobID job) throws Exception {
    return cluster
        .stopWithSavepoint(
            job,
            folder.resolve("savepoints").toUri().toString(),
            false,
            SavepointFormatType.CANONICAL)
        .get();
  }

  /** Bounded polling until so many tasks are committed. */
  void awaitRecords(JobSpec spec, int atLeast) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (records(spec).size() < atLeast) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("only " + records(spec).size() + " tasks of " + atLeast);
      }
      Thread.onSpinWait();
    }
  }

  NavigableMap<Integer, TaskRecord> records(JobSpec spec) throws IOException {
    JobFolder jobFolder = spec.folder();
    TreeMap<Integer, TaskRecord> records = new TreeMap<>();
    for (String key : keys(jobFolder.taskRecords())) {
      // The S3 server here lists its temporary files, and objects a moment before they can be read.
      OptionalInt task = jobFolder.taskOfRecord(key);
      Optional<byte[]> json = task.isPresent() ? store.get(WAREHOUSE, key) : Optional.empty();
      if (json.isPresent()) {
        records.put(task.getAsInt(), SpecJson.read(json.get(), TaskRecord.class));
      }
    }
    return records;
  }

  List<TaskFailure> failures(JobSpec spec) throws IOException {
    List<TaskFailure> failures = new ArrayList<>();
    for (String key : keys(spec.folder().failures(spec.attempt()))) {
      failures.add(SpecJson.read(store.get(WAREHOUSE, key).orElseThrow(), TaskFailure.class));
    }
    return failures;
  }

  PlanSummary plan(JobSpec spec) throws IOException {
    return SpecJson.read(
        store.get(WAREHOUSE, spec.folder().planSummary()).orElseThrow(), PlanSummary.class);
  }

  TaskCounts counts(JobSpec spec) throws IOException {
    return records(spec).values().stream()
        .map(TaskRecord::counts)
        .reduce(TaskCounts.ZERO, TaskCounts::plus);
  }

  List<PartitionFile> partitions(JobSpec spec) throws IOException {
    return records(spec).values().stream().flatMap(r -> r.partitions().stream()).toList();
  }

  List<String> keys(String prefix) throws IOException {
    List<String> keys = new ArrayList<>();
    Optional<String> last = Optional.empty();
    while (true) {
      ObjectStore.ListPage page = store.list(WAREHOUSE, prefix, last);
      page.objects().forEach(object -> keys.add(object.key()));
      if (page.last()) {
        return keys;
      }
      last = Optional.of(keys.get(keys.size() - 1));
    }
  }

  /** As if nothing had ever been written. */
  void emptyWarehouse() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("s3/" + WAREHOUSE))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    Files.createDirectory(folder.resolve("s3/" + WAREHOUSE));
  }

  /** Copies the committed partitions to local files, for readers without S3. */
  List<Path> download(JobSpec spec) throws IOException {
    List<Path> files = new ArrayList<>();
    Path target = Files.createTempDirectory(folder, "partitions");
    for (PartitionFile partition : partitions(spec)) {
      Path file = target.resolve(partition.key().replace('/', '_'));
      Files.write(file, store.get(WAREHOUSE, partition.key()).orElseThrow());
      files.add(file);
    }
    return files;
  }

  /** What DuckDB finds in the committed partitions; an id that occurs twice fails. */
  NavigableMap<Long, String> rowsByDuckDb(JobSpec spec, String select) throws Exception {
    List<Path> files = download(spec);
    TreeMap<Long, String> rows = new TreeMap<>();
    if (files.isEmpty()) {
      return rows;
    }
    String sql =
        "SELECT " + select + " FROM read_parquet('" + files.get(0).getParent() + "/*.parquet')";
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        if (rows.put(result.getLong(1), result.getString(2)) != null) {
          throw new AssertionError("row " + result.getLong(1) + " was written twice");
        }
      }
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
    return rows;
  }

  @Override
  public void close() throws Exception {
    store.close();
    cluster.close();
    s3.close();
  }
}
