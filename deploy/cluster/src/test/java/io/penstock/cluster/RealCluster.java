package io.penstock.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.standalone.PenstockProcess;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The cluster that {@code up} starts, on free ports; its processes can be killed one by one. */
final class RealCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int FIRST_PORT = 20_000;
  private static final int FIRST_EPHEMERAL_PORT = 32_768;
  private static final Path SCRIPTS = Path.of("").toAbsolutePath();

  private final Path data;
  private final int httpPort;
  private final int flinkPort;

  private RealCluster(Path data, int httpPort, int flinkPort) {
    this.data = data;
    this.httpPort = httpPort;
    this.flinkPort = flinkPort;
  }

  /**
   * @param settings of the control API, {@code key=value} each
   */
  static RealCluster up(Path data, int taskManagers, String... settings) throws Exception {
    int httpPort = freePort();
    int flinkPort = freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                SCRIPTS.resolve("up").toString(),
                "--data",
                data.toString(),
                "--taskmanagers",
                Integer.toString(taskManagers),
                "--http-port",
                Integer.toString(httpPort),
                "--flink-port",
                Integer.toString(flinkPort),
                "--rpc-port",
                Integer.toString(freePort()),
                "--s3-port",
                Integer.toString(freePort())));
    for (String setting : settings) {
      command.addAll(List.of("--setting", setting));
    }
    run(command.toArray(String[]::new));
    return new RealCluster(data, httpPort, flinkPort);
  }

  PenstockProcess client() throws Exception {
    return PenstockProcess.running("http://127.0.0.1:" + httpPort, data);
  }

  /** As {@code kill -9} does. */
  void kill(String role) throws IOException {
    long pid = Long.parseLong(Files.readString(data.resolve("pids").resolve(role)).strip());
    ProcessHandle process =
        ProcessHandle.of(pid).orElseThrow(() -> new AssertionError(role + " is not running"));
    process.destroyForcibly();
    process.onExit().join();
  }

  void start(String role) throws Exception {
    run(SCRIPTS.resolve("process").toString(), role, data.toString());
  }

  /** Until the control API answers again. */
  void awaitControlApi() throws Exception {
    until("http://127.0.0.1:" + httpPort + "/health", "ok");
  }

  void awaitTaskManagers(int count) throws Exception {
    until("http://127.0.0.1:" + flinkPort + "/overview", "\"taskmanagers\":" + count + ",");
  }

  /** Names of all jobs that Flink knows. */
  String flinkJobs() throws Exception {
    return get("http://127.0.0.1:" + flinkPort + "/jobs/overview");
  }

  private static void until(String url, String text) throws Exception {
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> assertThat(get(url)).contains(text));
  }

  private static String get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** Of those that the system gives to nobody who does not ask for them by number. */
  private static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, FIRST_EPHEMERAL_PORT);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Somebody has it.
        Thread.onSpinWait();
      }
    }
  }

  private static void run(String... command) throws Exception {
    List<String> all = new ArrayList<>(List.of(command));
    Process process = new ProcessBuilder(all).inheritIO().start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", all) + " failed");
    }
  }

  @Override
  public void close() throws Exception {
    run(SCRIPTS.resolve("down").toString(), "--data", data.toString());
  }
}
