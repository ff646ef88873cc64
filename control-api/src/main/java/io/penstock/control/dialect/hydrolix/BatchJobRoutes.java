package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.http.HttpProblem;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobException;
import io.penstock.control.job.JobRequest;
import io.penstock.control.job.Jobs;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code …/jobs/batch}. */
final class BatchJobRoutes {
  private static final String COLLECTION = HydrolixDialect.ORG + "/jobs/batch";
  private static final String ITEM = COLLECTION + "/{id}";

  private final Catalog catalog;
  private final Jobs jobs;
  private final Set<String> allowedEndpoints;
  private final Clock clock;

  BatchJobRoutes(Catalog catalog, Jobs jobs, Set<String> allowedEndpoints, Clock clock) {
    this.catalog = catalog;
    this.jobs = jobs;
    this.allowedEndpoints = allowedEndpoints;
    this.clock = clock;
  }

  void add(RoutesConfig routes) {
    routes.post(COLLECTION, this::create);
    routes.get(COLLECTION, this::list);
    routes.get(ITEM, context -> answer(context, 200, found(context)));
    routes.get(ITEM + "/status", this::status);
    routes.post(ITEM + "/status", this::status);
    routes.post(
        ITEM + "/cancel",
        context ->
            answer(
                context,
                200,
                jobs.cancel(
                    organization(context), id(context), Requests.caller(context).principal())));
    routes.post(
        ITEM + "/retry",
        context ->
            answer(
                context,
                200,
                jobs.retry(
                    organization(context), id(context), Requests.caller(context).principal())));
    routes.delete(
        ITEM,
        context -> {
          jobs.delete(organization(context), id(context), Requests.caller(context).principal());
          context.status(204);
        });
  }

  private void create(Context context) {
    UUID organization = organization(context);
    JobRequest request =
        BatchJobTranslator.translate(
            Requests.body(context),
            organization,
            Requests.caller(context).principal(),
            UUID.randomUUID(),
            new CatalogReferences(catalog, organization, allowedEndpoints));
    try {
      answer(context, 201, jobs.create(request));
    } catch (JobException.NameTaken e) {
      Violations violations = new Violations();
      violations.add(
          "name",
          "The name (%s) already exists on the specified org in the url".formatted(request.name()));
      throw new Refused(violations);
    } catch (JobException.IdTaken e) {
      Violations violations = new Violations();
      violations.add("uuid", "This uuid is in use.");
      throw new Refused(violations);
    }
  }

  private void list(Context context) {
    Optional<Instant> min = bound(context, "date_min", false);
    Optional<Instant> max = bound(context, "date_max", true);
    Instant now = clock.instant();
    List<ObjectNode> found =
        jobs.list(organization(context)).stream()
            .filter(job -> matches(context, "name", job.name()))
            .filter(job -> matches(context, "status", BatchJobJson.status(job)))
            .filter(
                job -> matches(context, "table_id", job.definition().table().tableId().toString()))
            .filter(
                job ->
                    matches(context, "table_name", job.definition().table().qualifiedName())
                        || matches(context, "table_name", job.definition().table().tableName()))
            .filter(job -> min.isEmpty() || !job.createdAt().isBefore(min.get()))
            .filter(job -> max.isEmpty() || !job.createdAt().isAfter(max.get()))
            .map(job -> BatchJobJson.of(job, now))
            .toList();
    Pages.answer(context, found);
  }

  private static boolean matches(Context context, String parameter, String value) {
    String wanted = context.queryParam(parameter);
    return wanted == null || wanted.equals(value);
  }

  /** A moment, or a day: its beginning or its end. */
  private static Optional<Instant> bound(Context context, String parameter, boolean end) {
    String text = context.queryParam(parameter);
    if (text == null) {
      return Optional.empty();
    }
    try {
      if (!text.contains("T")) {
        LocalDate day = LocalDate.parse(text);
        return Optional.of(
            end
                ? day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).minusNanos(1)
                : day.atStartOfDay().toInstant(ZoneOffset.UTC));
      }
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      Violations violations = new Violations();
      violations.add(parameter, "Enter a valid date or date and time.");
      throw new Refused(violations);
    }
  }

  private void status(Context context) {
    Job job = found(context);
    ObjectNode json = BatchJobJson.of(job, clock.instant());
    json.put("id", job.id().toString());
    Requests.answer(context, 200, json);
  }

  private Job found(Context context) {
    return jobs.find(organization(context), id(context))
        .orElseThrow(() -> new HttpProblem(404, "Not found."));
  }

  private void answer(Context context, int status, Job job) {
    Requests.answer(context, status, BatchJobJson.of(job, clock.instant()));
  }

  private static UUID organization(Context context) {
    return HydrolixDialect.organization(context);
  }

  private static UUID id(Context context) {
    return Requests.id(context, "id");
  }
}
