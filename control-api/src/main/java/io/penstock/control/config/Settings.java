package io.penstock.control.config;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The values of all settings. Bad, missing and unknown ones are reported together. */
public final class Settings {
  public static final Setting<String> HTTP_HOST =
      Setting.optional("penstock.http.host", s -> s, "127.0.0.1", "Address the API listens on.");
  public static final Setting<Integer> HTTP_PORT =
      Setting.optional(
          "penstock.http.port", Integer::parseInt, "8080", "Port of the API; 0 takes a free one.");
  public static final Setting<String> DATABASE_URL =
      Setting.required("penstock.database.url", s -> s, "JDBC URL of the PostgreSQL database.");
  public static final Setting<String> DATABASE_USER =
      Setting.optional("penstock.database.user", s -> s, "penstock", "Database user.");
  public static final Setting<String> DATABASE_PASSWORD =
      Setting.secret("penstock.database.password", Optional.of(""), "Database password.");
  public static final Setting<URI> FLINK_URL =
      Setting.required("penstock.flink.url", URI::create, "URL of Flink's REST API.");
  public static final Setting<Duration> FLINK_TIMEOUT =
      Setting.optional(
          "penstock.flink.timeout",
          Duration::parse,
          "PT10S",
          "How long one request to the Flink REST API may take.");
  public static final Setting<Path> FLINK_JOB_JAR =
      Setting.required(
          "penstock.flink.job-jar", Path::of, "The shaded job JAR, which is uploaded to Flink.");
  public static final Setting<String> FLINK_CHECKPOINTS =
      Setting.required(
          "penstock.flink.checkpoints", s -> s, "Folder URL for checkpoints, as Flink reads it.");
  public static final Setting<String> FLINK_SAVEPOINTS =
      Setting.required(
          "penstock.flink.savepoints", s -> s, "Folder URL for savepoints, as Flink reads it.");
  public static final Setting<Duration> FLINK_CHECKPOINT_INTERVAL =
      Setting.optional(
          "penstock.flink.checkpoint-interval",
          Duration::parse,
          "PT5S",
          "Time between checkpoints; finished tasks are committed with the next one.");
  public static final Setting<Integer> MAX_PARALLELISM =
      Setting.optional(
          "penstock.job.max-parallelism", Integer::parseInt, "64", "Slots one job may take.");
  public static final Setting<Duration> RECONCILE_INTERVAL =
      Setting.optional(
          "penstock.reconcile.interval",
          Duration::parse,
          "PT1S",
          "Time between two looks at the running jobs.");
  public static final Setting<Duration> ARRIVALS_INTERVAL =
      Setting.optional(
          "penstock.arrivals.interval",
          Duration::parse,
          "PT2S",
          "Time between two looks for arrived objects.");
  public static final Setting<Duration> LIFETIMES_INTERVAL =
      Setting.optional(
          "penstock.tables.lifetimes-interval",
          Duration::parse,
          "PT1H",
          "Time between two looks at tables for partitions that are too old, and files that left them long ago.");
  public static final Setting<Duration> ARRIVALS_FULL_INTERVAL =
      Setting.optional(
          "penstock.arrivals.full-interval",
          Duration::parse,
          "PT1M",
          "Time between two listings of all of a prefix, which find what came late or out of order.");
  public static final Setting<Integer> ARRIVALS_SLOTS =
      Setting.optional(
          "penstock.arrivals.slots",
          Integer::parseInt,
          "1",
          "Slots of Flink that each job takes that loads what arrives.");
  public static final Setting<String> ARRIVALS_SQS_ENDPOINT =
      Setting.optional(
          "penstock.arrivals.sqs-endpoint",
          s -> s,
          "",
          "Base URL of the SQS service that tells of arrived objects; empty for AWS.");
  public static final Setting<Duration> SAVEPOINT_PATIENCE =
      Setting.optional(
          "penstock.cancel.savepoint-patience",
          Duration::parse,
          "PT1M",
          "How long a cancel tries for a savepoint before it does without one.");
  public static final Setting<String> STORAGE_ENDPOINT =
      Setting.optional(
          "penstock.storage.endpoint",
          s -> s,
          "",
          "Base URL of the S3 service that holds tables and job folders; empty for AWS.");
  public static final Setting<String> STORAGE_REGION =
      Setting.optional("penstock.storage.region", s -> s, "us-east-1", "Its region.");
  public static final Setting<Boolean> STORAGE_PATH_STYLE =
      Setting.optional(
          "penstock.storage.path-style",
          Boolean::parseBoolean,
          "true",
          "Whether buckets are part of the path rather than of the host name.");
  public static final Setting<String> STORAGE_BUCKET =
      Setting.required("penstock.storage.bucket", s -> s, "Bucket of tables and job folders.");
  public static final Setting<String> STORAGE_PREFIX =
      Setting.optional(
          "penstock.storage.prefix", s -> s, "", "Key prefix in the bucket; ends in a slash.");
  public static final Setting<String> STORAGE_ACCESS_KEY_ID =
      Setting.required("penstock.storage.access-key-id", s -> s, "Access key of the storage.");
  public static final Setting<String> STORAGE_SECRET_ACCESS_KEY =
      Setting.secret(
          "penstock.storage.secret-access-key", Optional.empty(), "Its secret access key.");
  public static final Setting<String> SOURCE_ALLOWED_ENDPOINTS =
      Setting.optional(
          "penstock.source.allowed-endpoints",
          s -> s,
          "",
          "Endpoints, separated by commas, that jobs may name beside the storage's own.");
  public static final Setting<String> SOURCE_ALLOWED_BUCKETS =
      Setting.optional(
          "penstock.source.allowed-buckets",
          s -> s,
          "",
          "Buckets, separated by commas, that jobs may read; any if empty.");
  public static final Setting<Integer> SOURCE_MAX_DECODED_RATIO =
      Setting.optional(
          "penstock.source.max-decoded-ratio",
          Integer::parseInt,
          "5000",
          "How many bytes a stored byte of a compressed object may become, beyond 64 MiB; 0 for no bound.");
  public static final Setting<String> SECRET_KEY =
      Setting.secret(
          "penstock.secret-key",
          Optional.empty(),
          "32 bytes in base64; signs tokens, and seals credentials on their way to Flink, which needs it too.");
  public static final Setting<String> BOOTSTRAP_API_KEY =
      Setting.secret(
          "penstock.bootstrap.api-key",
          Optional.of(""),
          "API key made at the first start; a random one, printed once, if empty.");
  public static final Setting<String> BOOTSTRAP_ORGANIZATION =
      Setting.optional(
          "penstock.bootstrap.organization",
          s -> s,
          "default",
          "Name of the organization made at the first start.");
  public static final Setting<String> BOOTSTRAP_USER =
      Setting.optional(
          "penstock.bootstrap.user",
          s -> s,
          "admin@penstock.example",
          "E-mail address of the superuser made at the first start.");
  public static final Setting<String> BOOTSTRAP_PASSWORD =
      Setting.secret(
          "penstock.bootstrap.password",
          Optional.of(""),
          "Password of that user; a random one, printed once, if empty.");
  public static final Setting<String> BOOTSTRAP_EXPORT_KEY =
      Setting.secret(
          "penstock.bootstrap.export-key",
          Optional.of(""),
          "Key of the PostHog dialect, beginning with phx_, made for the user if there is none; a random one, printed once, if empty.");
  public static final Setting<String> HYDROLIX_CLOUD =
      Setting.optional(
          "penstock.hydrolix.cloud",
          s -> s,
          "aws",
          "The cloud that a Hydrolix login says the organization is in.");

  private static final List<Setting<?>> OWN =
      List.of(
          HTTP_HOST,
          HTTP_PORT,
          DATABASE_URL,
          DATABASE_USER,
          DATABASE_PASSWORD,
          FLINK_URL,
          FLINK_TIMEOUT,
          FLINK_JOB_JAR,
          FLINK_CHECKPOINTS,
          FLINK_SAVEPOINTS,
          FLINK_CHECKPOINT_INTERVAL,
          MAX_PARALLELISM,
          RECONCILE_INTERVAL,
          LIFETIMES_INTERVAL,
          ARRIVALS_INTERVAL,
          ARRIVALS_FULL_INTERVAL,
          ARRIVALS_SLOTS,
          ARRIVALS_SQS_ENDPOINT,
          SAVEPOINT_PATIENCE,
          STORAGE_ENDPOINT,
          STORAGE_REGION,
          STORAGE_PATH_STYLE,
          STORAGE_BUCKET,
          STORAGE_PREFIX,
          STORAGE_ACCESS_KEY_ID,
          STORAGE_SECRET_ACCESS_KEY,
          SOURCE_ALLOWED_ENDPOINTS,
          SOURCE_ALLOWED_BUCKETS,
          SOURCE_MAX_DECODED_RATIO,
          SECRET_KEY,
          BOOTSTRAP_API_KEY,
          BOOTSTRAP_ORGANIZATION,
          BOOTSTRAP_USER,
          BOOTSTRAP_PASSWORD,
          BOOTSTRAP_EXPORT_KEY,
          HYDROLIX_CLOUD);

  public static final List<Setting<?>> ALL =
      Stream.concat(OWN.stream(), ExportSettings.ALL.stream()).toList();

  private final Map<Setting<?>, Object> values;

  private Settings(Map<Setting<?>, Object> values) {
    this.values = values;
  }

  /**
   * @throws IllegalArgumentException naming every key that is unknown, missing or unreadable
   */
  public static Settings of(Map<String, String> given) {
    List<String> problems = new ArrayList<>();
    Map<Setting<?>, Object> values = new HashMap<>();
    Map<String, String> left = new TreeMap<>(given);
    for (Setting<?> setting : ALL) {
      String text =
          Optional.ofNullable(left.remove(setting.key())).or(setting::defaultText).orElse(null);
      if (text == null) {
        problems.add(setting.key() + ": must be given");
        continue;
      }
      try {
        values.put(setting, setting.reader().apply(text));
      } catch (RuntimeException e) {
        String shown = setting.secret() ? "it" : "'" + text + "'";
        problems.add(setting.key() + ": cannot read " + shown + ": " + e.getMessage());
      }
    }
    left.keySet().stream()
        .filter(key -> key.startsWith("penstock."))
        .forEach(key -> problems.add(key + ": there is no such setting"));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return new Settings(values);
  }

  /** The properties file, if there is one, overridden by the environment. */
  public static Settings load(Optional<Path> file, Map<String, String> environment) {
    Map<String, String> given = new HashMap<>();
    if (file.isPresent()) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file.get(), StandardCharsets.UTF_8)) {
        properties.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file.get(), e);
      }
      properties.stringPropertyNames().forEach(key -> given.put(key, properties.getProperty(key)));
    }
    for (Setting<?> setting : ALL) {
      Optional.ofNullable(environment.get(setting.variable()))
          .ifPresent(text -> given.put(setting.key(), text));
    }
    return of(given);
  }

  @SuppressWarnings("unchecked") // Each value was made by its own setting's reader.
  public <T> T get(Setting<T> setting) {
    return (T) values.get(setting);
  }
}
