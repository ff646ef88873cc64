package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.catalog.TableContents;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Jobs;
import io.penstock.control.job.TableRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes partitions out of their tables when their newest row is older than {@code age.max_age_days}
 * allows. Their files stay. Several servers may do so at once.
 */
public final class AgedPartitions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgedPartitions.class);
  private static final Duration INTERVAL = Duration.ofHours(1);

  private final Catalog catalog;
  private final TableContents contents;
  private final Jobs jobs;
  private final Clock clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "penstock-aged-partitions");
            made.setDaemon(true);
            return made;
          });

  public AgedPartitions(Catalog catalog, TableContents contents, Jobs jobs, Clock clock) {
    this.catalog = catalog;
    this.contents = contents;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Looks once an hour from now on. */
  public void start() {
    // Closing ends it.
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            this::round, INTERVAL.toSeconds(), INTERVAL.toSeconds(), TimeUnit.SECONDS);
  }

  /** A table that fails is tried again in the next round, and holds up no other. */
  void round() {
    try {
      catalog.tables().forEach(this::visit);
    } catch (RuntimeException e) {
      // An exception would end all further rounds.
      LOG.warn("cannot list the tables", e);
    }
  }

  private void visit(CatalogObject table) {
    JsonNode age = Requests.parse(table.document()).path("settings").path("age");
    long days = age.path("max_age_days").asLong(0);
    // Older than the epoch is nothing but what somebody dated wrongly.
    if (days <= 0 || days > Duration.between(Instant.EPOCH, clock.instant()).toDays()) {
      return;
    }
    Instant oldest = clock.instant().minus(Duration.ofDays(days));
    try {
      Optional<TableRef> ref = catalog.table(table.id());
      int removed = ref.isEmpty() ? 0 : remove(table, ref.get(), oldest);
      if (removed > 0) {
        LOG.info("table={} {} partitions were older than {}", table.id(), removed, oldest);
      }
    } catch (RuntimeException e) {
      LOG.warn("table={} cannot let go of its old partitions", table.id(), e);
    }
  }

  /** What has no time is not old. */
  private int remove(CatalogObject table, TableRef ref, Instant oldest) {
    PartitionTimes times =
        new PartitionTimes(
            jobs,
            table.organization(),
            catalog.list(table.organization(), Kind.TRANSFORM, table.id()));
    return contents.remove(
        ref, partition -> times.of(partition).filter(r -> r.max().isBefore(oldest)).isPresent());
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
