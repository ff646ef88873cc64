package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.penstock.control.arrivals.Feed;
import io.penstock.control.arrivals.Subscription;
import io.penstock.control.arrivals.Subscription.Made;
import io.penstock.control.arrivals.Subscriptions;
import io.penstock.control.catalog.Activity;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.http.Requests;
import io.penstock.control.job.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the {@code autoingest} settings of tables ask for, in order of tables, then of entries. */
public final class Autoingest implements Subscriptions {
  private final Catalog catalog;
  private final Activity activity;
  private final AllowedSources sources;
  private final int slots;

  /**
   * @param slots of Flink that a job takes
   */
  public Autoingest(Catalog catalog, Activity activity, AllowedSources sources, int slots) {
    this.catalog = catalog;
    this.activity = activity;
    this.sources = sources;
    this.slots = slots;
  }

  @Override
  public List<Subscription> all() {
    List<Subscription> all = new ArrayList<>();
    for (CatalogObject table : catalog.tables()) {
      for (AutoingestEntry entry : entries(table)) {
        subscription(table, entry).ifPresent(all::add);
      }
    }
    return all;
  }

  static List<AutoingestEntry> entries(CatalogObject table) {
    JsonNode settings = Requests.parse(table.document()).path("settings");
    return AutoingestEntry.of(settings);
  }

  /** Why nothing comes from the entry's source, in full sentences. */
  List<String> problems(CatalogObject table, AutoingestEntry entry) {
    return entry.problems(references(table));
  }

  private References references(CatalogObject table) {
    return new CatalogReferences(catalog, activity, table.organization(), sources);
  }

  /** Empty for an entry without a source that objects can come from. */
  Optional<Subscription> subscription(CatalogObject table, AutoingestEntry entry) {
    if (entry.json().path("source").asText("").isEmpty()) {
      return Optional.empty(); // As most tables have it.
    }
    References references = references(table);
    return catalog
        .table(table.id())
        .flatMap(
            ref ->
                entry
                    .feed(references)
                    .map(feed -> subscription(table, ref, entry, feed, references)));
  }

  private Subscription subscription(
      CatalogObject table, TableRef ref, AutoingestEntry entry, Feed feed, References references) {
    Pattern pattern = entry.pattern();
    Map<String, Made> made = new ConcurrentHashMap<>();
    return new Subscription(
        table.organization(),
        ref,
        entry.id(),
        entry.enabled(),
        table.modifiedAt(),
        feed,
        url -> pattern.matcher(url).find(),
        bucket ->
            made.computeIfAbsent(
                bucket, name -> entry.loading(ref, name, feed, references, slots)));
  }
}
