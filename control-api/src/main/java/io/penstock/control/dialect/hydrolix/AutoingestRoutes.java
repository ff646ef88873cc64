package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.arrivals.Stream;
import io.penstock.control.arrivals.Streams;
import io.penstock.control.arrivals.Subscription;
import io.penstock.control.arrivals.Watch;
import io.penstock.control.arrivals.Watches;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.job.Job;
import io.penstock.control.job.Jobs;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code …/autoingest}: how a table's entries are doing. */
final class AutoingestRoutes {
  private final CatalogObjects objects;
  private final Autoingest autoingest;
  private final Watches watches;
  private final Streams streams;
  private final Jobs jobs;
  private final Clock clock;

  AutoingestRoutes(
      CatalogObjects objects,
      Autoingest autoingest,
      Watches watches,
      Streams streams,
      Jobs jobs,
      Clock clock) {
    this.objects = objects;
    this.autoingest = autoingest;
    this.watches = watches;
    this.streams = streams;
    this.jobs = jobs;
    this.clock = clock;
  }

  void add(RoutesConfig routes) {
    routes.get(TableRoutes.ITEM + "/autoingest", this::list);
  }

  private void list(Context context) {
    CatalogObject table = objects.table(context);
    List<Stream> all = streams.of(table.id());
    List<ObjectNode> list = new ArrayList<>();
    for (AutoingestEntry entry : Autoingest.entries(table)) {
      Optional<Subscription> subscription = autoingest.subscription(table, entry);
      List<AutoingestJson.Running> running =
          all.stream()
              .filter(stream -> stream.key().entry().equals(entry.id()))
              .map(stream -> new AutoingestJson.Running(stream, job(stream)))
              .toList();
      Optional<Watch> watch = subscription.map(Subscription::watch).flatMap(watches::find);
      List<String> problems = entry.enabled() ? autoingest.problems(table, entry) : List.of();
      list.add(AutoingestJson.of(entry, problems, watch, running, clock.instant()));
    }
    Pages.answer(context, list);
  }

  private Optional<Job> job(Stream stream) {
    return jobs.find(stream.key().organization(), stream.id());
  }
}
