package io.penstock.bench.service;

import io.penstock.bench.measure.ProcessTree;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The processes of {@code deploy/cluster}, on free ports, with one TaskManager. */
public final class Cluster implements AutoCloseable {
  /** The processes that are the job's side; listed first in {@link #processes}. */
  public static final int JOB_SIDE = 2;

  private static final long PATIENCE_SECONDS = 180;

  private final Path scripts;
  private final Path data;
  private final URI api;
  private final Properties settings = new Properties();
  private final Thread hook = new Thread(this::down, "cluster-down");

  private Cluster(Path scripts, Path data, URI api) {
    this.scripts = scripts;
    this.data = data;
    this.api = api;
  }

  /**
   * How the cluster is set up.
   *
   * @param memory of the TaskManager's process, as Flink reads it
   * @param settings of the control API, beside those of {@code up}
   */
  public record Setup(int slots, String memory, List<String> settings) {}

  /**
   * @param home the checkout
   * @param data is emptied first
   */
  public static Cluster up(Path home, Path data, Setup setup) throws Exception {
    Folders.delete(data);
    Path scripts = home.resolve("deploy/cluster");
    int httpPort = freePort();
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            scripts.resolve("up").toString(),
            "--data",
            data.toString(),
            "--taskmanagers",
            "1",
            "--slots",
            Integer.toString(setup.slots()),
            "--taskmanager-memory",
            setup.memory(),
            "--http-port",
            Integer.toString(httpPort),
            "--flink-port",
            Integer.toString(freePort()),
            "--rpc-port",
            Integer.toString(freePort()),
            "--s3-port",
            Integer.toString(freePort())));
    for (String one : setup.settings()) {
      command.add("--setting");
      command.add(one);
    }
    Cluster cluster = new Cluster(scripts, data, URI.create("http://127.0.0.1:" + httpPort));
    Runtime.getRuntime().addShutdownHook(cluster.hook);
    try {
      run(command);
      try (var reader = Files.newBufferedReader(data.resolve("penstock.properties"))) {
        cluster.settings.load(reader);
      }
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  URI api() {
    return api;
  }

  /** The control API's settings, with those that reach its neighbours. */
  Properties settings() {
    return settings;
  }

  /** Names the processes for a report: the TaskManager, which does the work, is the first. */
  public Map<String, ProcessTree> processes() throws IOException {
    Map<String, ProcessTree> processes = jobSide();
    processes.put("control API", ProcessTree.single(pid("control-api")));
    processes.put("S3 server", ProcessTree.single(pid("neighbours")));
    processes.put(
        "PostgreSQL",
        ProcessTree.withChildren(ProcessTree.pid(data.resolve("postgres/postmaster.pid"))));
    return processes;
  }

  Map<String, ProcessTree> jobSide() throws IOException {
    Map<String, ProcessTree> processes = new LinkedHashMap<>();
    processes.put("TaskManager", ProcessTree.single(pid("taskmanager-1")));
    processes.put("JobManager", ProcessTree.single(pid("jobmanager")));
    return processes;
  }

  private long pid(String role) throws IOException {
    return ProcessTree.pid(data.resolve("pids").resolve(role));
  }

  /** Of the TaskManager, after a full collection. */
  public long liveHeapBytes() throws IOException, InterruptedException {
    String pid = Long.toString(pid("taskmanager-1"));
    output("jcmd", pid, "GC.run");
    // One line for the heap, or one for each generation, as the collector has it.
    return output("jcmd", pid, "GC.heap_info")
            .lines()
            .filter(line -> line.contains(" total ") && line.contains(" used "))
            .mapToLong(line -> Long.parseLong(line.replaceAll(".* used (\\d+)K.*", "$1")))
            .sum()
        * 1024;
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + text);
    }
    return text;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(command.get(0) + " does not end");
    }
    if (process.exitValue() != 0) {
      throw new IOException(command.get(0) + " failed with " + process.exitValue());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void down() {
    try {
      run(List.of(scripts.resolve("down").toString(), "--data", data.toString()));
    } catch (IOException e) {
      System.err.println("cannot stop the cluster in " + data + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops the processes; what they logged stays. */
  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(hook);
    down();
    for (String part : List.of("s3", "postgres", "upload", "tmp")) {
      Folders.delete(data.resolve(part));
    }
  }
}
