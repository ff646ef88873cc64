package io.penstock.control;

import io.penstock.control.config.Setting;
import io.penstock.control.config.Settings;
import io.penstock.control.dialect.hydrolix.AllowedSources;
import io.penstock.control.flink.FlinkSettings;
import io.penstock.control.publish.StorageAccess;
import io.penstock.spec.S3Access;
import io.penstock.spec.S3Credentials;
import io.penstock.spec.SecretBox;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What several settings together say, as the parts take it. */
final class Configured {
  private Configured() {}

  static StorageAccess storage(Settings settings) {
    return new StorageAccess(
        uri(settings, Settings.STORAGE_ENDPOINT),
        settings.get(Settings.STORAGE_REGION),
        settings.get(Settings.STORAGE_PATH_STYLE),
        settings.get(Settings.STORAGE_BUCKET),
        settings.get(Settings.STORAGE_PREFIX),
        settings.get(Settings.STORAGE_ACCESS_KEY_ID),
        settings.get(Settings.STORAGE_SECRET_ACCESS_KEY));
  }

  static Optional<URI> uri(Settings settings, Setting<String> setting) {
    return Optional.of(settings.get(setting)).filter(text -> !text.isEmpty()).map(URI::create);
  }

  static S3Access sealed(StorageAccess storage, SecretBox secrets) {
    return new S3Access(
        storage.endpoint().map(URI::toString),
        storage.region(),
        storage.pathStyle(),
        Optional.of(
            secrets.seal(
                new S3Credentials(
                    storage.accessKeyId(), storage.secretAccessKey(), Optional.empty()))));
  }

  static FlinkSettings flink(Settings settings) {
    return new FlinkSettings(
        settings.get(Settings.FLINK_URL),
        settings.get(Settings.FLINK_TIMEOUT),
        settings.get(Settings.FLINK_JOB_JAR),
        settings.get(Settings.FLINK_CHECKPOINTS),
        settings.get(Settings.FLINK_SAVEPOINTS),
        settings.get(Settings.FLINK_CHECKPOINT_INTERVAL));
  }

  static AllowedSources sources(Settings settings) {
    Set<String> endpoints = texts(settings.get(Settings.SOURCE_ALLOWED_ENDPOINTS));
    endpoints.add(settings.get(Settings.STORAGE_ENDPOINT));
    return new AllowedSources(endpoints, texts(settings.get(Settings.SOURCE_ALLOWED_BUCKETS)));
  }

  private static Set<String> texts(String separatedByCommas) {
    Set<String> texts = new HashSet<>();
    Arrays.stream(separatedByCommas.split(",", -1))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .forEach(texts::add);
    return texts;
  }
}
