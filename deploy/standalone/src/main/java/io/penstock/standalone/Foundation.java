package io.penstock.standalone;

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

/** The data folder with its secrets, the S3 server and PostgreSQL over it. */
final class Foundation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Foundation.class);
  private static final String STORAGE_BUCKET = "penstock";
  private static final String LANDING_BUCKET = "landing";
  private static final String ACCESS_KEY_ID = "penstock";

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final DataFolder folder;
  private final LocalS3 s3;
  private final Map<String, String> settings = new TreeMap<>();

  private Foundation(Path data, int s3Port) throws IOException {
    folder = closing(DataFolder.open(data));
    try {
      String s3Secret = folder.secret("s3-secret", DataFolder::randomSecret);
      for (String bucket : new String[] {STORAGE_BUCKET, LANDING_BUCKET}) {
        Files.createDirectories(folder.resolve("s3").resolve(bucket));
      }
      s3 = closing(LocalS3.start(folder.resolve("s3"), s3Port, ACCESS_KEY_ID, s3Secret));
      Postgres postgres = closing(Postgres.start(folder.resolve("postgres")));
      settings.put("penstock.database.url", postgres.jdbcUrl());
      settings.put("penstock.database.user", postgres.user());
      settings.put("penstock.storage.endpoint", s3.endpoint().toString());
      settings.put("penstock.storage.bucket", STORAGE_BUCKET);
      settings.put("penstock.storage.access-key-id", ACCESS_KEY_ID);
      settings.put("penstock.storage.secret-access-key", s3Secret);
      settings.put("penstock.secret-key", folder.secret("secret-key", DataFolder::randomSecretKey));
      settings.put(
          "penstock.bootstrap.api-key", folder.secret("api-key", DataFolder::randomApiKey));
      settings.put(
          "penstock.bootstrap.export-key",
          folder.secret("export-key", () -> "phx_" + DataFolder.randomSecret()));
      settings.put(
          "penstock.bootstrap.password", folder.secret("password", DataFolder::randomSecret));
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Returns when both serve. */
  static Foundation start(Path data, int s3Port) throws IOException {
    return new Foundation(data, s3Port);
  }

  private <T extends AutoCloseable> T closing(T part) {
    parts.push(part);
    return part;
  }

  /** What the control API has to be told of them. */
  Map<String, String> settings() {
    return new TreeMap<>(settings);
  }

  Path resolve(String name) {
    return folder.resolve(name);
  }

  /** As a properties file that only its owner may read. */
  void writeSettings(String name, Map<String, String> all) throws IOException {
    folder.write(
        name,
        all.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\") + "\n")
            .collect(Collectors.joining()));
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
