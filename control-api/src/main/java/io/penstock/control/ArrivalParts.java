package io.penstock.control;

import io.penstock.control.arrivals.Arrivals;
import io.penstock.control.catalog.Activity;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.config.Settings;
import io.penstock.control.dialect.hydrolix.AllowedSources;
import io.penstock.control.dialect.hydrolix.Autoingest;
import io.penstock.control.job.JobFolders;
import io.penstock.control.job.Jobs;
import io.penstock.control.job.SourceAccess;
import io.penstock.control.job.TablePublisher;
import io.penstock.control.publish.S3Listing;
import io.penstock.control.publish.SqsQueues;
import io.penstock.control.publish.StorageAccess;
import io.penstock.control.store.Database;
import io.penstock.control.store.JdbiArrivals;
import io.penstock.control.store.JdbiStreams;
import io.penstock.control.store.JdbiWatches;
import io.penstock.spec.SecretBox;
import java.time.Clock;

/** Puts together what loads objects as they arrive. */
final class ArrivalParts implements AutoCloseable {
  private final S3Listing listing;
  private final SqsQueues queues;
  private final JdbiWatches watches;
  private final JdbiStreams streams;
  private final Autoingest autoingest;
  private final Arrivals arrivals;

  /** What the rest of the control API has. */
  record Given(
      Settings settings,
      Database database,
      Catalog catalog,
      Activity activity,
      Jobs jobs,
      JobFolders folders,
      TablePublisher publisher,
      SourceAccess access,
      StorageAccess storage,
      SecretBox secrets,
      AllowedSources allowed,
      Clock clock) {}

  ArrivalParts(Given given) {
    Settings settings = given.settings();
    listing = new S3Listing(given.storage(), given.secrets());
    queues =
        new SqsQueues(
            Configured.uri(settings, Settings.ARRIVALS_SQS_ENDPOINT),
            given.storage(),
            given.secrets());
    watches = new JdbiWatches(given.database());
    streams = new JdbiStreams(given.database());
    autoingest =
        new Autoingest(
            given.catalog(),
            given.activity(),
            given.allowed(),
            settings.get(Settings.ARRIVALS_SLOTS));
    arrivals =
        new Arrivals(
            new Arrivals.Settings(
                settings.get(Settings.ARRIVALS_INTERVAL),
                settings.get(Settings.ARRIVALS_FULL_INTERVAL)),
            new Arrivals.Ports(
                autoingest,
                watches,
                new JdbiArrivals(given.database()),
                streams,
                listing,
                queues,
                given.access(),
                given.jobs(),
                given.folders(),
                given.publisher()),
            given.clock());
  }

  Autoingest autoingest() {
    return autoingest;
  }

  JdbiWatches watches() {
    return watches;
  }

  JdbiStreams streams() {
    return streams;
  }

  void start() {
    arrivals.start();
  }

  @Override
  public void close() {
    arrivals.close();
    queues.close();
    listing.close();
  }
}
