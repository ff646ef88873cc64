package io.penstock.control;

import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.ConnectionSourceAccess;
import io.penstock.control.catalog.CurrentNamesPublisher;
import io.penstock.control.config.Settings;
import io.penstock.control.dialect.hydrolix.AllowedSources;
import io.penstock.control.dialect.hydrolix.HydrolixDialect;
import io.penstock.control.dialect.hydrolix.PartitionLifetimes;
import io.penstock.control.dialect.polaris.PolarisDialect;
import io.penstock.control.dialect.polaris.SourceRules;
import io.penstock.control.export.RunningExports;
import io.penstock.control.flink.RestFlinkGateway;
import io.penstock.control.http.ApiServer;
import io.penstock.control.identity.Accounts;
import io.penstock.control.identity.Identity;
import io.penstock.control.identity.Passwords;
import io.penstock.control.identity.PersonalKeys;
import io.penstock.control.identity.Tokens;
import io.penstock.control.job.JobService;
import io.penstock.control.job.JobStore;
import io.penstock.control.job.SourceAccess;
import io.penstock.control.job.TablePublisher;
import io.penstock.control.publish.IcebergContents;
import io.penstock.control.publish.IcebergTables;
import io.penstock.control.publish.S3BucketProbe;
import io.penstock.control.publish.S3InputStorage;
import io.penstock.control.publish.S3JobFolders;
import io.penstock.control.publish.StorageAccess;
import io.penstock.control.reconcile.Reconciler;
import io.penstock.control.reconcile.ReconcilerSettings;
import io.penstock.control.store.Database;
import io.penstock.control.store.DbAgenda;
import io.penstock.control.store.JdbiAccounts;
import io.penstock.control.store.JdbiActivity;
import io.penstock.control.store.JdbiCatalog;
import io.penstock.control.store.JdbiJobStore;
import io.penstock.control.store.JdbiOrganizations;
import io.penstock.control.store.JdbiPersonalKeys;
import io.penstock.control.store.JdbiRoles;
import io.penstock.control.store.JdbiRunStore;
import io.penstock.control.store.JdbiSnapshotLedger;
import io.penstock.control.store.JdbiSubmissions;
import io.penstock.control.store.JdbiUploadedFiles;
import io.penstock.spec.S3Access;
import io.penstock.spec.SecretBox;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the control API together and starts it. */
public final class ControlApi implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlApi.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final IcebergTables tables;
  private final ApiServer server;
  private final FirstStart firstStart;

  private ControlApi(Settings settings) {
    Clock clock = Clock.systemUTC();
    Database database =
        closing(
            Database.open(
                settings.get(Settings.DATABASE_URL),
                settings.get(Settings.DATABASE_USER),
                settings.get(Settings.DATABASE_PASSWORD)));
    SecretBox secrets = SecretBox.of(settings.get(Settings.SECRET_KEY));
    StorageAccess storage = Configured.storage(settings);
    S3Access sealed = Configured.sealed(storage, secrets);
    Catalog catalog = new JdbiCatalog(database, clock);
    Accounts accounts = new JdbiAccounts(database, clock);
    Passwords passwords = new Passwords();
    PersonalKeys personalKeys = new JdbiPersonalKeys(database, clock);
    firstStart = FirstStart.of(settings, catalog, accounts, passwords, personalKeys);
    Identity identity =
        new Identity(
            accounts,
            new JdbiRoles(database),
            passwords,
            Tokens.of(settings.get(Settings.SECRET_KEY), clock),
            key -> personalKeys.caller(key).or(() -> catalog.caller(key)),
            clock);
    JobStore store = new JdbiJobStore(database, clock);
    tables =
        closing(
            new IcebergTables(
                settings.get(Settings.DATABASE_URL),
                settings.get(Settings.DATABASE_USER),
                settings.get(Settings.DATABASE_PASSWORD),
                storage,
                new JdbiSnapshotLedger(database)));
    S3JobFolders folders = closing(new S3JobFolders(storage));
    RestFlinkGateway flink = new RestFlinkGateway(Configured.flink(settings));
    TablePublisher publisher = new CurrentNamesPublisher(catalog, tables);
    SourceAccess access = new ConnectionSourceAccess(catalog, sealed);
    Reconciler reconciler =
        closing(
            new Reconciler(
                new ReconcilerSettings(
                    settings.get(Settings.RECONCILE_INTERVAL),
                    settings.get(Settings.MAX_PARALLELISM),
                    settings.get(Settings.SAVEPOINT_PATIENCE),
                    Optional.of(settings.get(Settings.SOURCE_MAX_DECODED_RATIO))
                        .filter(ratio -> ratio > 0),
                    sealed,
                    storage.bucket(),
                    storage.jobsPrefix()),
                store,
                flink,
                folders,
                publisher,
                access,
                clock));
    JobService jobs = new JobService(store, clock, reconciler::wake);
    AllowedSources allowed = Configured.sources(settings);
    S3InputStorage inputs = closing(new S3InputStorage(storage));
    IcebergContents contents = new IcebergContents(tables, storage);
    JdbiActivity activity = new JdbiActivity(database, clock);
    ArrivalParts arrivals =
        closing(
            new ArrivalParts(
                new ArrivalParts.Given(
                    settings, database, catalog, activity, jobs, folders, publisher, access,
                    storage, secrets, allowed, clock)));
    PartitionLifetimes lifetimes =
        new PartitionLifetimes(
            catalog, contents, new RunningExports(new JdbiRunStore(database)), jobs, clock);
    ExportParts exports =
        closing(
            new ExportParts(
                new ExportParts.Given(
                    settings,
                    database,
                    catalog,
                    tables,
                    contents,
                    jobs,
                    flink,
                    storage,
                    sealed,
                    secrets,
                    personalKeys,
                    allowed::allowsEndpoint,
                    List.of(
                        new DbAgenda.Recurring(
                            "partition-lifetimes",
                            settings.get(Settings.LIFETIMES_INTERVAL),
                            lifetimes::round)),
                    clock)));
    server =
        closing(
            new ApiServer(
                settings.get(Settings.HTTP_HOST),
                settings.get(Settings.HTTP_PORT),
                identity,
                List.of(
                    new HydrolixDialect(
                        new HydrolixDialect.Ports(
                            catalog,
                            new JdbiOrganizations(database),
                            identity,
                            activity,
                            contents,
                            jobs,
                            new JdbiSubmissions(database, clock),
                            folders,
                            arrivals.autoingest(),
                            arrivals.watches(),
                            arrivals.streams()),
                        secrets,
                        allowed,
                        settings.get(Settings.HYDROLIX_CLOUD),
                        clock),
                    new PolarisDialect(
                        new PolarisDialect.Ports(
                            catalog,
                            activity,
                            contents,
                            jobs,
                            new JdbiSubmissions(database, clock),
                            folders,
                            new S3BucketProbe(storage, secrets),
                            new JdbiUploadedFiles(database),
                            inputs,
                            secrets,
                            clock),
                        new SourceRules(allowed::allowsEndpoint, allowed::allowsBucket)),
                    exports.dialect())));
    reconciler.start();
    arrivals.start();
    exports.start();
    server.start();
  }

  /** Returns when it serves. */
  public static ControlApi start(Settings settings) {
    return new ControlApi(settings);
  }

  private <T extends AutoCloseable> T closing(T part) {
    parts.push(part);
    return part;
  }

  public URI uri() {
    return server.uri();
  }

  /** The API key that was made, if this was the first start. */
  public Optional<String> newApiKey() {
    return firstStart.apiKey();
  }

  /** The password of the user that was made, if there was none before. */
  public Optional<String> newPassword() {
    return firstStart.password();
  }

  /** The key for exports that was made, if there was none before. */
  public Optional<String> newExportKey() {
    return firstStart.exportKey();
  }

  /** The tables as Iceberg has them. */
  public IcebergTables tables() {
    return tables;
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

  /**
   * @param arguments none, or a properties file with settings
   */
  public static void main(String[] arguments) {
    Settings settings;
    try {
      settings =
          Settings.load(
              arguments.length > 0 ? Optional.of(Path.of(arguments[0])) : Optional.empty(),
              System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println("penstock: " + e.getMessage());
      System.exit(2);
      return;
    }
    ControlApi api = start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(api::close, "penstock-shutdown"));
    System.out.println("Penstock control API: " + api.uri());
    api.newApiKey().ifPresent(key -> System.out.println("API key (shown once): " + key));
    api.newExportKey().ifPresent(key -> System.out.println("Key for exports (shown once): " + key));
    api.newPassword()
        .ifPresent(
            password ->
                System.out.println(
                    "Password of "
                        + settings.get(Settings.BOOTSTRAP_USER)
                        + " (shown once): "
                        + password));
  }
}
