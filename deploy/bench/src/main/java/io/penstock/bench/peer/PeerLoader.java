package io.penstock.bench.peer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.bench.data.Dataset;
import io.penstock.bench.data.Generated;
import io.penstock.bench.measure.Cost;
import io.penstock.bench.measure.Loader;
import io.penstock.bench.measure.ProcessTree;
import io.penstock.bench.measure.Stopwatch;
import io.penstock.bench.service.Folders;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A peer, seen from outside its process. It reads and writes local files. */
public final class PeerLoader implements Loader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FLINK_OPENS =
      List.of(
          "util", "lang", "net", "io", "nio", "lang.reflect", "text", "time", "util.concurrent");
  private static final long PATIENCE_SECONDS = 10;

  private final Peer peer;
  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;

  private PeerLoader(Peer peer, Process process) {
    this.peer = peer;
    this.process = process;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * @param log what the process says beside its answers
   */
  public static PeerLoader start(Peer peer, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + peer.heap());
    FLINK_OPENS.forEach(one -> command.add("--add-opens=java.base/java." + one + "=ALL-UNNAMED"));
    String logging = "logback.configurationFile";
    command.add("-D" + logging + "=" + System.getProperty(logging, ""));
    command.addAll(
        List.of(
            "-cp", System.getProperty("java.class.path"), PeerMain.class.getName(), peer.name()));
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    PeerLoader loader = new PeerLoader(peer, process);
    loader.await(PeerMain.READY);
    return loader;
  }

  private void await(String answer) throws IOException {
    String line = answers.readLine();
    while (line != null && !line.equals(answer)) {
      line = answers.readLine();
    }
    if (line == null) {
      throw new IOException(peer.title() + " has died; its log says why");
    }
  }

  @Override
  public String name() {
    return peer.title();
  }

  @Override
  public void prepare(Dataset dataset, Generated files) {
    // The files are where it reads them.
  }

  @Override
  public Cost load(Dataset dataset, Generated files, Path output) throws IOException {
    Request request = new Request(dataset, files.folder().toString(), output.toString());
    Stopwatch watch = Stopwatch.start(Map.of(peer.title(), ProcessTree.single(process.pid())), 1);
    requests.write(JSON.writeValueAsString(request));
    requests.newLine();
    requests.flush();
    await(PeerMain.DONE);
    return watch.stop(peer.title(), dataset.rows(), Folders.bytes(output));
  }

  @Override
  public void collect(Path output) {
    // The files are there.
  }

  @Override
  public void close() throws IOException, InterruptedException {
    requests.close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
