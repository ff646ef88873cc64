package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.catalog.TableContents;
import io.penstock.control.catalog.TableReaders;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Jobs;
import io.penstock.control.job.TableRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes partitions out of their tables when their newest row is older than {@code age.max_age_days}
 * allows, and removes what has left a table {@code reaper.max_age_days} ago, however it left.
 */
public final class PartitionLifetimes {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionLifetimes.class);

  /** Of tables that do not say. */
  private static final long REAPER_DAYS = 1;

  /** Queries go on for a while, and clocks differ. */
  private static final Duration AT_LEAST = Duration.ofHours(1);

  private final Catalog catalog;
  private final TableContents contents;
  private final TableReaders readers;
  private final Jobs jobs;
  private final Clock clock;

  public PartitionLifetimes(
      Catalog catalog, TableContents contents, TableReaders readers, Jobs jobs, Clock clock) {
    this.catalog = catalog;
    this.contents = contents;
    this.readers = readers;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** A table that fails is tried again in the next round, and holds up no other. */
  public void round() {
    for (CatalogObject table : catalog.tables()) {
      try {
        Optional<TableRef> ref = catalog.table(table.id());
        if (ref.isPresent()) {
          letGo(table, ref.get());
          reap(table, ref.get());
        }
      } catch (RuntimeException e) {
        LOG.warn("table={} cannot let go of what is old", table.id(), e);
      }
    }
  }

  private void letGo(CatalogObject table, TableRef ref) {
    long days = days(table, "age", 0);
    Optional<Instant> oldest = days <= 0 ? Optional.empty() : ago(days);
    int removed = oldest.isEmpty() ? 0 : remove(table, ref, oldest.get());
    if (removed > 0) {
      LOG.info("table={} {} partitions were older than {}", table.id(), removed, oldest.get());
    }
  }

  /** What somebody may still read stays. */
  private void reap(CatalogObject table, TableRef ref) {
    Instant now = clock.instant();
    Optional<Instant> before = ago(days(table, "reaper", REAPER_DAYS));
    if (before.isEmpty()) {
      return;
    }
    Instant end = earliest(before.get(), now.minus(AT_LEAST));
    int removed =
        contents.reap(ref, readers.since(ref).map(read -> earliest(end, read)).orElse(end));
    if (removed > 0) {
      LOG.info("table={} {} files removed that had left it before {}", table.id(), removed, end);
    }
  }

  private static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static long days(CatalogObject table, String setting, long usual) {
    JsonNode settings = Requests.parse(table.document()).path("settings");
    return settings.path(setting).path("max_age_days").asLong(usual);
  }

  /** Empty if that was before the epoch: nothing is so old but what somebody dated wrongly. */
  private Optional<Instant> ago(long days) {
    Instant now = clock.instant();
    return days > Duration.between(Instant.EPOCH, now).toDays()
        ? Optional.empty()
        : Optional.of(now.minus(Duration.ofDays(days)));
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
}
