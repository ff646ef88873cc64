package io.penstock.control;

import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.TableContents;
import io.penstock.control.config.ExportSettings;
import io.penstock.control.config.Settings;
import io.penstock.control.dialect.posthog.PosthogDialect;
import io.penstock.control.export.Agenda.Matter;
import io.penstock.control.export.Alerts;
import io.penstock.control.export.BackfillStep;
import io.penstock.control.export.CatalogModels;
import io.penstock.control.export.DestinationAccess;
import io.penstock.control.export.DestinationTests;
import io.penstock.control.export.Endpoints;
import io.penstock.control.export.Estimate;
import io.penstock.control.export.ExportModels;
import io.penstock.control.export.ExportPorts;
import io.penstock.control.export.ExportPublisher;
import io.penstock.control.export.ExportRules;
import io.penstock.control.export.FlinkRunExecutor;
import io.penstock.control.export.HttpMessenger;
import io.penstock.control.export.LateRows;
import io.penstock.control.export.RunSpecs;
import io.penstock.control.export.RunStep;
import io.penstock.control.export.ScheduleStep;
import io.penstock.control.export.StartDelay;
import io.penstock.control.identity.PersonalKeys;
import io.penstock.control.job.FlinkGateway;
import io.penstock.control.job.Jobs;
import io.penstock.control.publish.IcebergExports;
import io.penstock.control.publish.IcebergTables;
import io.penstock.control.publish.S3DestinationProbe;
import io.penstock.control.publish.S3ExportDestinations;
import io.penstock.control.publish.S3ExportFolders;
import io.penstock.control.publish.StorageAccess;
import io.penstock.control.store.Database;
import io.penstock.control.store.DbAgenda;
import io.penstock.control.store.JdbiAlertStore;
import io.penstock.control.store.JdbiBackfillStore;
import io.penstock.control.store.JdbiExportLog;
import io.penstock.control.store.JdbiExportStore;
import io.penstock.control.store.JdbiIntegrations;
import io.penstock.control.store.JdbiLedger;
import io.penstock.control.store.JdbiProjectNumbers;
import io.penstock.control.store.JdbiRunStore;
import io.penstock.spec.S3Access;
import io.penstock.spec.SecretBox;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Puts exports together, and starts what looks after them. */
final class ExportParts implements AutoCloseable {
  private final S3ExportFolders folders;
  private final DbAgenda agenda;
  private final ExportPorts ports;
  private final Alerts alarm;
  private final JdbiAlertStore alerts;
  private final PosthogDialect dialect;

  /**
   * What the rest of the control API has.
   *
   * @param recurring what else the agenda has done
   */
  record Given(
      Settings settings,
      Database database,
      Catalog catalog,
      IcebergTables tables,
      TableContents contents,
      Jobs jobs,
      FlinkGateway flink,
      StorageAccess storage,
      S3Access sealed,
      SecretBox secrets,
      PersonalKeys keys,
      Predicate<String> allowedEndpoints,
      List<DbAgenda.Recurring> recurring,
      Clock clock) {}

  ExportParts(Given given) {
    Database database = given.database();
    folders = new S3ExportFolders(given.storage());
    agenda = new DbAgenda(database, given.recurring());
    alerts = new JdbiAlertStore(database);
    Endpoints endpoints = new Endpoints(given.allowedEndpoints());
    alarm =
        new Alerts(alerts, agenda, new HttpMessenger(), endpoints, given.secrets(), given.clock());
    JdbiIntegrations integrations = new JdbiIntegrations(database);
    ExportModels models = new CatalogModels(given.catalog(), given.contents(), given.jobs());
    DestinationAccess access = new DestinationAccess(integrations, endpoints, given.secrets());
    JdbiLedger ledger = new JdbiLedger(database);
    JdbiExportLog log = new JdbiExportLog(database);
    FlinkRunExecutor executor =
        new FlinkRunExecutor(
            given.flink(),
            folders,
            new ExportPublisher(folders, new S3ExportDestinations(given.secrets())),
            new RunSpecs(
                models,
                new IcebergExports(given.tables(), given.storage()),
                access,
                new RunSpecs.Storage(
                    given.sealed(), given.storage().bucket(), given.storage().jobsPrefix())),
            ledger,
            log,
            given.settings().get(Settings.MAX_PARALLELISM));
    ports =
        new ExportPorts(
            new JdbiExportStore(database),
            new JdbiRunStore(database),
            new JdbiBackfillStore(database),
            log,
            ledger,
            agenda,
            alarm,
            executor,
            new Estimate(models, given.contents()),
            rules(given.settings()),
            given.clock());
    dialect =
        new PosthogDialect(
            new PosthogDialect.Ports(
                ports,
                integrations,
                models,
                new JdbiProjectNumbers(database),
                given.keys(),
                endpoints,
                new DestinationTests(
                    access, new S3DestinationProbe(given.secrets()), given.clock()),
                new LateRows(models, given.contents()),
                alerts,
                given.secrets()));
  }

  private static ExportRules rules(Settings settings) {
    return new ExportRules(
        settings.get(ExportSettings.HIGH_FREQUENCY),
        settings.get(ExportSettings.FREE_QUERIES),
        settings.get(ExportSettings.EARLIEST_BACKFILL),
        settings.get(ExportSettings.MAX_BACKFILLS),
        settings.get(ExportSettings.INLINE_KEYS),
        settings.get(ExportSettings.FAILURE_THRESHOLD),
        settings.get(ExportSettings.MAX_ATTEMPTS),
        settings.get(ExportSettings.RUN_RETRIES),
        new StartDelay(
            settings.get(ExportSettings.START_JITTER),
            Optional.of(settings.get(ExportSettings.SETTLE_DELAY))
                .filter(text -> !text.isEmpty())
                .map(Duration::parse)),
        settings.get(ExportSettings.CATCH_UP));
  }

  PosthogDialect dialect() {
    return dialect;
  }

  void start() {
    agenda.start(
        Map.of(
            Matter.SCHEDULE, new ScheduleStep(ports)::step,
            Matter.RUN, new RunStep(ports)::step,
            Matter.BACKFILL, new BackfillStep(ports)::step,
            Matter.ALERT, alarm::step),
        this::sweep);
  }

  /** What a crash has kept from the agenda is put on it. */
  private void sweep() {
    ports.exports().all().forEach(id -> agenda.ensure(Matter.SCHEDULE, id, ports.now()));
    ports.runs().active().forEach(id -> agenda.ensure(Matter.RUN, id, ports.now()));
    ports.backfills().active().forEach(id -> agenda.ensure(Matter.BACKFILL, id, ports.now()));
    alerts.waiting().forEach(id -> agenda.ensure(Matter.ALERT, id, ports.now()));
  }

  @Override
  public void close() {
    agenda.close();
    folders.close();
  }
}
