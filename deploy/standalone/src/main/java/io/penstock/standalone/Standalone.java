package io.penstock.standalone;

import io.penstock.control.ControlApi;
import io.penstock.control.config.Settings;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All of Penstock in this JVM, over one folder. */
public final class Standalone implements AutoCloseable {
  /** The settings that the running control API has, in the data folder. */
  static final String SETTINGS_FILE = "penstock.properties";

  private static final Logger LOG = LoggerFactory.getLogger(Standalone.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Map<String, String> settings;
  private final Flink flink;
  private final ControlApi api;

  /** Ports; 0 takes any free one. */
  public record Ports(int http, int flink, int s3) {}

  private Standalone(Path data, Path jobJar, Ports ports, int slots, Map<String, String> more)
      throws Exception {
    Foundation foundation = closing(Foundation.start(data, ports.s3()));
    try {
      settings = foundation.settings();
      System.setProperty("penstock.secret-key", settings.get("penstock.secret-key"));
      flink =
          closing(
              Flink.start(
                  foundation.resolve("flink"),
                  foundation.resolve("log/penstock.log"),
                  ports.flink(),
                  slots));
      settings.put("penstock.http.port", Integer.toString(ports.http()));
      settings.put("penstock.flink.url", flink.uri().toString());
      settings.put("penstock.flink.job-jar", jobJar.toAbsolutePath().toString());
      settings.put(
          "penstock.flink.checkpoints", foundation.resolve("checkpoints").toUri().toString());
      settings.put(
          "penstock.flink.savepoints", foundation.resolve("savepoints").toUri().toString());
      settings.put("penstock.flink.checkpoint-interval", "PT2S");
      settings.put("penstock.reconcile.interval", "PT0.5S");
      settings.putAll(more);
      foundation.writeSettings(SETTINGS_FILE, settings);
      api = closing(ControlApi.start(Settings.of(settings)));
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  /**
   * Returns when everything serves.
   *
   * @param more settings of the control API, before those that the neighbours give it
   */
  public static Standalone start(
      Path data, Path jobJar, Ports ports, int slots, Map<String, String> more) throws Exception {
    return new Standalone(data, jobJar, ports, slots, more);
  }

  private <T extends AutoCloseable> T closing(T part) {
    parts.push(part);
    return part;
  }

  public ControlApi api() {
    return api;
  }

  public String s3Endpoint() {
    return settings.get("penstock.storage.endpoint");
  }

  public String flinkUrl() {
    return flink.uri().toString();
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warn("cannot close a part", e);
      }
    }
  }
}
