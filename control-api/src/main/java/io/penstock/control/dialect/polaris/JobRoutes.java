package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobState;
import io.penstock.control.job.Principal;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code …/jobs}: all jobs of the project, in whatever dialect they were made. */
final class JobRoutes {
  static final String COLLECTION = Guard.PROJECT + "/jobs";
  static final String ITEM = COLLECTION + "/{id}";
  private static final String DESIRED = "desiredExecutionStatus";

  private final PolarisDialect.Ports ports;

  JobRoutes(PolarisDialect.Ports ports) {
    this.ports = ports;
  }

  void add(RoutesConfig routes, Guard guard) {
    PolarisPermission needed = PolarisPermission.MANAGE_INGESTION_JOBS;
    routes.get(COLLECTION, guard.needing(needed, this::list));
    JobCreation creation = new JobCreation(ports);
    routes.post(COLLECTION, guard.needing(needed, (c, p) -> create(c, creation.create(c, p))));
    routes.get(ITEM, guard.needing(needed, (c, p) -> answer(c, found(c, p))));
    routes.put(ITEM, guard.needing(needed, (c, p) -> answer(c, changed(c, p))));
    routes.get(ITEM + "/status", guard.needing(needed, (c, p) -> answerStatus(c, found(c, p))));
    routes.post(ITEM + "/status", guard.needing(needed, (c, p) -> answerStatus(c, changed(c, p))));
    routes.get(
        ITEM + "/metrics",
        guard.needing(
            needed, (c, p) -> Requests.answer(c, 200, PolarisJobJson.metrics(found(c, p)))));
    routes.get(
        ITEM + "/progress",
        guard.needing(
            needed, (c, p) -> Requests.answer(c, 200, PolarisJobJson.progress(found(c, p)))));
    routes.get(ITEM + "/logs", guard.needing(needed, this::logs));
    routes.get(ITEM + "/rejects", guard.needing(needed, this::rejects));
    routes.post(ITEM + "/reset", guard.needing(needed, this::reset));
  }

  /** With the names that connections have now. */
  static JobView view(PolarisDialect.Ports ports, UUID organization) {
    Map<UUID, String> names = new HashMap<>();
    for (CatalogObject one : ports.catalog().list(organization, Kind.CONNECTION, organization)) {
      names.put(one.id(), one.name());
    }
    return new JobView(names, ports.clock().instant());
  }

  private void list(Context context, CatalogObject project) {
    JobView view = view(ports, project.organization());
    JobQuery query = JobQuery.read(context.queryParamMap());
    List<Job> all =
        ports.jobs().list(project.organization()).stream()
            .filter(job -> job.definition().table().projectId().equals(project.id()))
            .toList();
    JobQuery.Page page = query.page(all, view);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode values = json.putArray("values");
    page.jobs().forEach(job -> values.add(view.summary(job)));
    json.put("moreResultsAvailable", page.more());
    Requests.answer(context, 200, json);
  }

  private Job found(Context context, CatalogObject project) {
    return found(ports, context, project);
  }

  /** The job in the path. */
  static Job found(PolarisDialect.Ports ports, Context context, CatalogObject project) {
    String text = context.pathParam("id");
    return Requests.uuid(text)
        .flatMap(id -> ports.jobs().find(project.organization(), id))
        .filter(job -> !job.definition().continuous())
        .filter(job -> job.definition().table().projectId().equals(project.id()))
        .orElseThrow(() -> PolarisError.notFound("jobId", "There is no job " + text + "."));
  }

  private Job changed(Context context, CatalogObject project) {
    Job job = found(context, project);
    ObjectNode body = Guard.body(context);
    Principal by = Requests.caller(context).principal();
    Problems problems = new Problems();
    String wanted =
        new Fields(body, "", problems)
            .requiredChoice(DESIRED, List.of("running", "suspended", "canceled"))
            .orElse("");
    problems.refuse("request");
    if (!allowed(job, wanted)) {
      throw PolarisError.stateConflict(
          DESIRED,
          "A job that is %s cannot become %s.".formatted(PolarisJobJson.status(job), wanted));
    }
    return switch (wanted) {
      case "canceled" -> ports.jobs().cancel(job.organization(), job.id(), by);
      case "suspended" -> ports.jobs().pause(job.organization(), job.id(), by);
      default -> ports.jobs().retry(job.organization(), job.id(), by);
    };
  }

  private static boolean allowed(Job job, String wanted) {
    boolean paused = job.state() == JobState.CANCELED && job.pausing();
    return switch (job.state()) {
      case QUEUED, SUBMITTING, RUNNING, RECONCILING, CANCELLING -> true;
      case CANCELED -> paused || !wanted.equals("suspended");
      case FAILED, FINISHED -> wanted.equals("running");
    };
  }

  private void logs(Context context, CatalogObject project) throws IOException {
    Job job = found(context, project);
    JsonNode spec = Requests.parse(job.submitted());
    Requests.answer(
        context,
        200,
        JobLog.of(
            job,
            ports.jobs().events(job.organization(), job.id()),
            job.dialect().equals(PolarisDialect.NAME)
                ? spec.path("context")
                : JsonNodeFactory.instance.objectNode(),
            ports.folders()));
  }

  private void rejects(Context context, CatalogObject project) throws IOException {
    Job job = found(context, project);
    RejectPage page =
        RejectPage.wanted(
            Optional.ofNullable(context.queryParam("limit")),
            Optional.ofNullable(context.queryParam("after")));
    Requests.answer(context, 200, page.read(job.id(), ports.folders()));
  }

  private void reset(Context context, CatalogObject project) {
    Job job = found(context, project);
    throw PolarisError.badArgument(
        "type", "Job " + job.id() + " is of type batch. Only streaming jobs can be reset.");
  }

  private void create(Context context, Job job) {
    context.header(
        "Location", "/v1/projects/" + job.definition().table().projectId() + "/jobs/" + job.id());
    Requests.answer(context, 201, view(ports, job.organization()).full(job));
  }

  private void answer(Context context, Job job) {
    Requests.answer(context, 200, view(ports, job.organization()).full(job));
  }

  private static void answerStatus(Context context, Job job) {
    Requests.answer(
        context,
        200,
        JsonNodeFactory.instance.objectNode().put("executionStatus", PolarisJobJson.status(job)));
  }
}
