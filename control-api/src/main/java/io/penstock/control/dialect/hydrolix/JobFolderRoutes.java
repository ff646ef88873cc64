package io.penstock.control.dialect.hydrolix;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.catalog.Permission;
import io.penstock.control.http.HttpProblem;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobFolders;
import io.penstock.control.job.Jobs;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** What a job left in its folder: its tasks and its rejected rows. Reads S3, never asks Flink. */
final class JobFolderRoutes {
  private final Catalog catalog;
  private final Jobs jobs;
  private final JobFolders folders;

  JobFolderRoutes(Catalog catalog, Jobs jobs, JobFolders folders) {
    this.catalog = catalog;
    this.jobs = jobs;
    this.folders = folders;
  }

  void add(RoutesConfig routes) {
    routes.get(BatchJobRoutes.ITEM + "/tasks", this::tasks);
    routes.get(BatchJobRoutes.ITEM + "/rejects", this::rejects);
  }

  private void tasks(Context context) throws IOException {
    Job job = found(context);
    Pages.Wanted wanted = Pages.Wanted.of(context);
    JobTasks tasks = new JobTasks(job, folders);
    Pages.answerPage(context, wanted, tasks.count(), tasks.page(wanted.from(), wanted.to()));
  }

  private void rejects(Context context) throws IOException {
    Job job = found(context);
    Pages.Wanted wanted = Pages.Wanted.of(context);
    Optional<String> kind = Optional.ofNullable(context.queryParam("kind"));
    JobRejects.Page page =
        new JobRejects(job, transform(job), folders).page(kind, task(context), wanted);
    Pages.answerPage(context, wanted, page.count(), page.rows());
  }

  private static OptionalInt task(Context context) {
    String text = context.queryParam("task");
    if (text == null) {
      return OptionalInt.empty();
    }
    if (!text.matches("\\d{1,9}")) {
      Violations violations = new Violations();
      violations.add("task", "A valid integer is required.");
      throw new Refused(violations);
    }
    return OptionalInt.of(Integer.parseInt(text));
  }

  /** By the name that the job gave, if that still names one. */
  private String transform(Job job) {
    String name = job.definition().transformName();
    return catalog
        .named(job.organization(), Kind.TRANSFORM, job.definition().table().tableId(), name)
        .map(CatalogObject::id)
        .map(Object::toString)
        .orElse("");
  }

  private Job found(Context context) {
    return jobs.find(HydrolixDialect.organization(context), Requests.id(context, "id"))
        .filter(job -> Gate.may(context, job.definition().table(), Permission.VIEW_JOB))
        .orElseThrow(() -> new HttpProblem(404, "Not found."));
  }
}
