package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.http.Dialect;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobState;
import io.penstock.control.job.Jobs;
import io.penstock.control.job.Principal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Jobs of a project: list, get, metrics, progress, status, and changing what is wanted of them. */
public final class PolarisDialect implements Dialect {
  private static final String JOBS = "/v1/projects/{project}/jobs";
  private static final String JOB = JOBS + "/{id}";
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  private final Catalog catalog;
  private final Jobs jobs;

  public PolarisDialect(Catalog catalog, Jobs jobs) {
    this.catalog = catalog;
    this.jobs = jobs;
  }

  @Override
  public String pathPrefix() {
    return "/v1/";
  }

  @Override
  public void addRoutes(RoutesConfig routes) {
    routes.get(JOBS, this::list);
    routes.get(JOB, context -> Requests.answer(context, 200, PolarisJobJson.full(found(context))));
    routes.put(
        JOB, context -> Requests.answer(context, 200, PolarisJobJson.full(changed(context))));
    routes.get(JOB + "/status", context -> Requests.answer(context, 200, status(found(context))));
    routes.post(
        JOB + "/status", context -> Requests.answer(context, 200, status(changed(context))));
    routes.get(
        JOB + "/metrics",
        context -> Requests.answer(context, 200, PolarisJobJson.metrics(found(context))));
    routes.get(
        JOB + "/progress",
        context -> Requests.answer(context, 200, PolarisJobJson.progress(found(context))));
    routes.exception(
        PolarisError.class, (e, context) -> Requests.answer(context, e.status(), e.body()));
  }

  private static ObjectNode status(Job job) {
    return JsonNodeFactory.instance.objectNode().put("executionStatus", PolarisJobJson.status(job));
  }

  private void list(Context context) {
    UUID project = project(context);
    List<String> statuses = context.queryParams("executionStatus");
    Optional<String> table = Optional.ofNullable(context.queryParam("targetTableName"));
    int limit = number(context, "paginationLimit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    int offset = number(context, "paginationOffset", 0, Integer.MAX_VALUE, 0);
    List<Job> all =
        jobs.list(Requests.caller(context).organization().id()).stream()
            .filter(job -> job.definition().table().projectId().equals(project))
            .filter(job -> statuses.isEmpty() || statuses.contains(PolarisJobJson.status(job)))
            .filter(
                job -> table.isEmpty() || table.get().equals(job.definition().table().tableName()))
            .toList();
    ArrayNode values = JsonNodeFactory.instance.arrayNode();
    all.stream().skip(offset).limit(limit).map(PolarisJobJson::summary).forEach(values::add);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("values", values);
    json.put("moreResultsAvailable", all.size() > (long) offset + limit);
    Requests.answer(context, 200, json);
  }

  private static int number(Context context, String name, int min, int max, int fallback) {
    String text = context.queryParam(name);
    if (text == null) {
      return fallback;
    }
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
      throw PolarisError.badArgument(
          name, "%s must be from %d to %d but was %s.".formatted(name, min, max, text));
    }
    return Integer.parseInt(text);
  }

  /** By its id; names are taken too. */
  private UUID project(Context context) {
    UUID organization = Requests.caller(context).organization().id();
    String text = context.pathParam("project");
    return Requests.uuid(text)
        .flatMap(id -> catalog.find(organization, CatalogObject.Kind.PROJECT, id))
        .or(() -> catalog.named(organization, CatalogObject.Kind.PROJECT, organization, text))
        .map(CatalogObject::id)
        .orElseThrow(() -> PolarisError.notFound("projectId", "There is no project " + text + "."));
  }

  private Job found(Context context) {
    UUID project = project(context);
    String text = context.pathParam("id");
    return Requests.uuid(text)
        .flatMap(id -> jobs.find(Requests.caller(context).organization().id(), id))
        .filter(job -> job.definition().table().projectId().equals(project))
        .orElseThrow(() -> PolarisError.notFound("jobId", "There is no job " + text + "."));
  }

  private Job changed(Context context) {
    Job job = found(context);
    JsonNode wanted = Requests.body(context).path("desiredExecutionStatus");
    Principal by = Requests.caller(context).principal();
    return switch (wanted.asText("")) {
      case "canceled" -> {
        refuse(job, "canceled", Set.of(JobState.FAILED, JobState.FINISHED));
        yield jobs.cancel(job.organization(), job.id(), by);
      }
      case "running" -> jobs.retry(job.organization(), job.id(), by);
      case "suspended" ->
          throw PolarisError.unsupported(
              "desiredExecutionStatus",
              "Jobs cannot be suspended yet. Use canceled; running takes the job up again.");
      default ->
          throw PolarisError.badArgument(
              "desiredExecutionStatus",
              "desiredExecutionStatus must be running, suspended or canceled.");
    };
  }

  private static void refuse(Job job, String wanted, Set<JobState> states) {
    if (states.contains(job.state())) {
      throw PolarisError.stateConflict(
          "A job that is %s cannot become %s.".formatted(PolarisJobJson.status(job), wanted));
    }
  }

  @Override
  public JsonNode error(Context context, int status, String message) {
    return PolarisError.ofStatus(status, message);
  }
}
