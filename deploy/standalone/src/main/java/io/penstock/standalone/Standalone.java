package io.penstock.standalone;

import io.penstock.control.ControlApi;
import io.penstock.control.config.Settings;
import io.penstock.locals3.LocalS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All of Penstock in this JVM, over one folder. */
public final class Standalone implements AutoCloseable {
  /** The settings that the running control API has, in the data folder. */
  static final String SETTINGS_FILE = "penstock.properties";

  private static final Logger LOG = LoggerFactory.getLogger(Standalone.class);
  private static final String STORAGE_BUCKET = "penstock";
  private static final String LANDING_BUCKET = "landing";
  private static final String ACCESS_KEY_ID = "penstock";

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final DataFolder folder;
  private final LocalS3 s3;
  private final Flink flink;
  private final ControlApi api;

  /** Ports; 0 takes any free one. */
  public record Ports(int http, int flink, int s3) {}

  private Standalone(Path data, Path jobJar, Ports ports, int slots) throws Exception {
    folder = closing(DataFolder.open(data));
    try {
      String secretKey = folder.secret("secret-key", DataFolder::randomSecretKey);
      System.setProperty("penstock.secret-key", secretKey);
      String s3Secret = folder.secret("s3-secret", DataFolder::randomSecret);
      for (String bucket : new String[] {STORAGE_BUCKET, LANDING_BUCKET}) {
        Files.createDirectories(folder.resolve("s3").resolve(bucket));
      }
      s3 = closing(LocalS3.start(folder.resolve("s3"), ports.s3(), ACCESS_KEY_ID, s3Secret));
      Postgres postgres = closing(Postgres.start(folder.resolve("postgres")));
      flink =
          closing(
              Flink.start(
                  folder.resolve("flink"),
                  folder.resolve("log/penstock.log"),
                  ports.flink(),
                  slots));
      Map<String, String> settings = new TreeMap<>();
      settings.put("penstock.http.port", Integer.toString(ports.http()));
      settings.put("penstock.database.url", postgres.jdbcUrl());
      settings.put("penstock.database.user", postgres.user());
      settings.put("penstock.flink.url", flink.uri().toString());
      settings.put("penstock.flink.job-jar", jobJar.toAbsolutePath().toString());
      settings.put("penstock.flink.checkpoints", folder.resolve("checkpoints").toUri().toString());
      settings.put("penstock.flink.savepoints", folder.resolve("savepoints").toUri().toString());
      settings.put("penstock.flink.checkpoint-interval", "PT2S");
      settings.put("penstock.reconcile.interval", "PT0.5S");
      settings.put("penstock.storage.endpoint", s3.endpoint().toString());
      settings.put("penstock.storage.bucket", STORAGE_BUCKET);
      settings.put("penstock.storage.access-key-id", ACCESS_KEY_ID);
      settings.put("penstock.storage.secret-access-key", s3Secret);
      settings.put("penstock.secret-key", secretKey);
      settings.put(
          "penstock.bootstrap.api-key", folder.secret("api-key", DataFolder::randomApiKey));
      folder.write(SETTINGS_FILE, properties(settings));
      api = closing(ControlApi.start(Settings.of(settings)));
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  /** Returns when everything serves. */
  public static Standalone start(Path data, Path jobJar, Ports ports, int slots) throws Exception {
    return new Standalone(data, jobJar, ports, slots);
  }

  private static String properties(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\") + "\n")
        .collect(Collectors.joining());
  }

  private <T extends AutoCloseable> T closing(T part) {
    parts.push(part);
    return part;
  }

  public ControlApi api() {
    return api;
  }

  public String apiKey() throws IOException {
    return folder.secret("api-key", DataFolder::randomApiKey);
  }

  public String s3Secret() throws IOException {
    return folder.secret("s3-secret", DataFolder::randomSecret);
  }

  public String s3Endpoint() {
    return s3.endpoint().toString();
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
