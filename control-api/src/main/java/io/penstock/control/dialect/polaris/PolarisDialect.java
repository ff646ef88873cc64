package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.Activity;
import io.penstock.control.catalog.BucketProbe;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.InputStorage;
import io.penstock.control.catalog.TableContents;
import io.penstock.control.catalog.UploadedFiles;
import io.penstock.control.http.Dialect;
import io.penstock.control.http.Requests;
import io.penstock.control.job.JobFolders;
import io.penstock.control.job.Jobs;
import io.penstock.control.job.Submissions;
import io.penstock.spec.SecretBox;
import java.time.Clock;

/** The Imply Polaris API of a project's ingestion jobs, and of what they need. */
public final class PolarisDialect implements Dialect {
  static final String NAME = "polaris";

  private final Ports ports;
  private final SourceRules rules;

  public PolarisDialect(Ports ports, SourceRules rules) {
    this.ports = ports;
    this.rules = rules;
  }

  /** What it works on. */
  public record Ports(
      Catalog catalog,
      Activity activity,
      TableContents contents,
      Jobs jobs,
      Submissions submissions,
      JobFolders folders,
      BucketProbe probe,
      UploadedFiles files,
      InputStorage inputs,
      SecretBox secrets,
      Clock clock) {}

  @Override
  public String pathPrefix() {
    return "/v1/";
  }

  @Override
  public boolean asksPermissions() {
    return true;
  }

  @Override
  public String challenge() {
    return "Basic, Bearer";
  }

  @Override
  public void addRoutes(RoutesConfig routes) {
    Guard guard = new Guard(ports.catalog());
    routes.get("/v1/apikeyinfo", Guard::keyInfo);
    new ConnectionRoutes(ports, rules).add(routes, guard);
    new FileRoutes(ports).add(routes, guard);
    new TableRoutes(ports).add(routes, guard);
    new JobRoutes(ports).add(routes, guard);
    routes.exception(
        PolarisError.class, (e, context) -> Requests.answer(context, e.status(), e.body()));
  }

  @Override
  public JsonNode error(Context context, int status, String message) {
    return PolarisError.ofStatus(status, message);
  }
}
