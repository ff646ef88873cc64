package io.penstock.standalone;

import java.net.URI;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/** A Flink cluster in this JVM, with its web UI, bound to 127.0.0.1. */
final class Flink implements AutoCloseable {
  private final MiniCluster cluster;
  private final URI uri;

  private Flink(MiniCluster cluster, URI uri) {
    this.cluster = cluster;
    this.uri = uri;
  }

  /**
   * @param port of the REST API and web UI; 0 for any free one
   */
  static Flink start(Path folder, Path log, int port, int slots) throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("rest.address", "127.0.0.1");
    configuration.setString("rest.bind-address", "127.0.0.1");
    configuration.setString("rest.bind-port", Integer.toString(port));
    configuration.setString("jobmanager.bind-host", "127.0.0.1");
    configuration.setString("taskmanager.bind-host", "127.0.0.1");
    configuration.setString("web.submit.enable", "true");
    configuration.setString("web.upload.dir", folder.resolve("upload").toString());
    configuration.setString("web.log.path", log.toString());
    configuration.setString("web.refresh-interval", "300");
    configuration.setString("heartbeat.interval", "1000");
    // The job is on this JVM's class path: loaded once, it stays compiled from one job to the next.
    configuration.setString("classloader.resolve-order", "parent-first");
    configuration.setString("io.tmp.dirs", folder.resolve("tmp").toString());
    configuration.setString("restart-strategy.type", "fixed-delay");
    configuration.setString("restart-strategy.fixed-delay.attempts", "5");
    configuration.setString("restart-strategy.fixed-delay.delay", "2 s");
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    cluster.start();
    return new Flink(cluster, cluster.getRestAddress().get());
  }

  URI uri() {
    return uri;
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }
}
