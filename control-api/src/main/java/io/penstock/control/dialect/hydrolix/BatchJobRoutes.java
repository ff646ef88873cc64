package io.penstock.control.dialect.hydrolix;

import static io.penstock.control.catalog.Permission.ADD_JOB;
import static io.penstock.control.catalog.Permission.CANCEL_JOB;
import static io.penstock.control.catalog.Permission.DELETE_JOB;
import static io.penstock.control.catalog.Permission.RETRY_JOB;
import static io.penstock.control.catalog.Permission.STATUS_JOB;
import static io.penstock.control.catalog.Permission.VIEW_JOB;
import static io.penstock.control.catalog.Permission.VIEW_TABLE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.Permission;
import io.penstock.control.http.HttpProblem;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobException;
import io.penstock.control.job.JobRequest;
import io.penstock.control.job.Jobs;
import io.penstock.control.job.Principal;
import io.penstock.control.job.TableRef;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** {@code …/jobs/batch}. A job cannot be edited. */
final class BatchJobRoutes {
  static final String COLLECTION = HydrolixDialect.ORG + "/jobs/batch";
  static final String ITEM = COLLECTION + "/{id}";

  private final Function<UUID, References> references;
  private final Jobs jobs;
  private final JobSubmission submission;
  private final Clock clock;

  /**
   * @param references of an organization
   */
  BatchJobRoutes(
      Function<UUID, References> references, Jobs jobs, JobSubmission submission, Clock clock) {
    this.references = references;
    this.jobs = jobs;
    this.submission = submission;
    this.clock = clock;
  }

  void add(RoutesConfig routes) {
    routes.post(COLLECTION, this::create);
    routes.get(COLLECTION, this::list);
    routes.options(COLLECTION, this::metadata);
    routes.get(ITEM, context -> answer(context, 200, permitted(context, VIEW_JOB)));
    routes.get(ITEM + "/status", this::status);
    routes.post(ITEM + "/status", this::status);
    routes.post(ITEM + "/cancel", this::cancel);
    routes.post(ITEM + "/retry", this::retry);
    routes.delete(ITEM, this::delete);
    routes.post(HydrolixDialect.ORG + "/purgejobs", this::purge);
  }

  private void create(Context context) {
    UUID organization = organization(context);
    JsonNode body = Requests.body(context);
    Function<UUID, JobRequest> translate =
        id -> {
          JobRequest request =
              BatchJobTranslator.translate(
                  body.deepCopy(),
                  organization,
                  principal(context),
                  id,
                  references.apply(organization),
                  clock.instant());
          Gate.require(context, request.definition().table(), ADD_JOB, VIEW_TABLE);
          return request;
        };
    String key = context.header(JobSubmission.HEADER);
    Job job =
        key == null
            ? submission.create(translate)
            : submission.create(organization, key, body, translate);
    // An earlier submission under the same key may have been someone else's.
    Gate.require(context, job.definition().table(), ADD_JOB, VIEW_TABLE);
    answer(context, 201, job);
  }

  private void list(Context context) {
    Optional<Instant> min = QueryTimes.from(context, "date_min");
    Optional<Instant> max = QueryTimes.to(context, "date_max");
    Instant now = clock.instant();
    List<ObjectNode> found =
        jobs.list(organization(context)).stream()
            .filter(job -> Gate.may(context, job.definition().table(), VIEW_JOB))
            .filter(job -> matches(context, "name", job.name()))
            .filter(job -> matches(context, "status", BatchJobJson.status(job)))
            .filter(job -> matches(context, job.definition().table()))
            .filter(job -> min.isEmpty() || !job.createdAt().isBefore(min.get()))
            .filter(job -> max.isEmpty() || !job.createdAt().isAfter(max.get()))
            .map(job -> BatchJobJson.of(job, now))
            .toList();
    Pages.answer(context, found);
  }

  private static boolean matches(Context context, TableRef table) {
    return matches(context, "table_id", table.tableId().toString())
        && (matches(context, "table_name", table.qualifiedName())
            || matches(context, "table_name", table.tableName()));
  }

  private static boolean matches(Context context, String parameter, String value) {
    String wanted = context.queryParam(parameter);
    return wanted == null || wanted.equals(value);
  }

  private void metadata(Context context) {
    organization(context);
    Requests.answer(
        context,
        200,
        Gate.describedAnywhere(
            context, ADD_JOB, CatalogJson.metadata("Batch Job List", JobShape.SHAPE)));
  }

  private void status(Context context) {
    Job job = found(context);
    if (!Gate.may(context, job.definition().table(), VIEW_JOB, STATUS_JOB)) {
      throw new HttpProblem(404, "Not found.");
    }
    String wait = context.queryParam("wait");
    if (wait == null) {
      answerStatus(context, job);
      return;
    }
    if (!wait.matches("\\d{1,9}")) {
      Violations violations = new Violations();
      violations.add("wait", "A valid integer is required.");
      throw new Refused(violations);
    }
    StatusWait waiting = new StatusWait(() -> jobs.find(job.organization(), job.id()));
    context.future(
        () ->
            waiting
                .changed(job, Integer.parseInt(wait))
                .thenAccept(
                    now -> answerStatus(context, now.orElseThrow(BatchJobRoutes::notFound))));
  }

  private void answerStatus(Context context, Job job) {
    ObjectNode json = BatchJobJson.of(job, clock.instant());
    json.put("id", job.id().toString());
    Requests.answer(context, 200, json);
  }

  private void cancel(Context context) {
    answer(
        context,
        200,
        jobs.cancel(
            organization(context), permitted(context, CANCEL_JOB).id(), principal(context)));
  }

  private void retry(Context context) {
    answer(
        context,
        200,
        jobs.retry(organization(context), permitted(context, RETRY_JOB).id(), principal(context)));
  }

  private void delete(Context context) {
    jobs.delete(organization(context), permitted(context, DELETE_JOB).id(), principal(context));
    context.status(204);
  }

  private void purge(Context context) {
    int purged = 0;
    for (Job job : jobs.list(organization(context))) {
      try {
        jobs.delete(job.organization(), job.id(), principal(context));
        purged++;
      } catch (JobException.NotFound e) {
        // Somebody else deleted it, which is just as well.
      }
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode answer = json.putArray("purged_jobs").add(purged);
    ObjectNode kinds = answer.addObject();
    if (purged > 0) {
      kinds.put("jobs.Job", purged);
    }
    Requests.answer(context, 200, json);
  }

  /** The job, on whose table the caller has the right. */
  private Job permitted(Context context, Permission right) {
    Job job = found(context);
    Gate.require(context, job.definition().table(), right, VIEW_JOB);
    return job;
  }

  private Job found(Context context) {
    return jobs.find(organization(context), id(context))
        .filter(job -> !job.definition().continuous())
        .orElseThrow(BatchJobRoutes::notFound);
  }

  private static HttpProblem notFound() {
    return new HttpProblem(404, "Not found.");
  }

  private void answer(Context context, int status, Job job) {
    Requests.answer(context, status, BatchJobJson.of(job, clock.instant()));
  }

  private static UUID organization(Context context) {
    return HydrolixDialect.organization(context);
  }

  private static Principal principal(Context context) {
    return Requests.caller(context).principal();
  }

  private static UUID id(Context context) {
    return Requests.id(context, "id");
  }
}
