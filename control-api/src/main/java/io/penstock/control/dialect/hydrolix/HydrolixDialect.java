package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.Organizations;
import io.penstock.control.http.Dialect;
import io.penstock.control.http.HttpProblem;
import io.penstock.control.http.Requests;
import io.penstock.control.identity.Identity;
import io.penstock.control.job.Jobs;
import io.penstock.spec.SecretBox;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The Hydrolix Config API. */
public final class HydrolixDialect implements Dialect {
  static final String NAME = "hydrolix";
  static final String ORG = "/config/v1/orgs/{org}";
  private static final int SERVER_ERROR = 500;

  private final Catalog catalog;
  private final Organizations organizations;
  private final Jobs jobs;
  private final Identity identity;
  private final SecretBox secrets;
  private final Set<String> allowedEndpoints;
  private final String cloud;
  private final Clock clock;

  /**
   * @param allowedEndpoints that sources may name, without trailing slashes
   * @param cloud that a login says the organization is in
   */
  public HydrolixDialect(
      Catalog catalog,
      Organizations organizations,
      Jobs jobs,
      Identity identity,
      SecretBox secrets,
      Set<String> allowedEndpoints,
      String cloud,
      Clock clock) {
    this.catalog = catalog;
    this.organizations = organizations;
    this.jobs = jobs;
    this.identity = identity;
    this.cloud = cloud;
    this.secrets = secrets;
    this.allowedEndpoints = Set.copyOf(allowedEndpoints);
    this.clock = clock;
  }

  @Override
  public String pathPrefix() {
    return "/config/v1";
  }

  @Override
  public Set<String> openPaths() {
    return Set.of(LoginRoutes.LOGIN);
  }

  @Override
  public void addRoutes(RoutesConfig routes) {
    routes.get(
        "/config/v1/job_statuses",
        context -> {
          ArrayNode list = JsonNodeFactory.instance.arrayNode();
          List.of("ready", "running", "failed", "pending", "done", "canceled", "unknown")
              .forEach(list::add);
          Requests.answer(context, 200, list);
        });
    new LoginRoutes(identity, cloud, clock).add(routes);
    new UserRoutes(identity, cloud).add(routes);
    new OrganizationRoutes(organizations, catalog, clock).add(routes);
    new BatchJobRoutes(catalog, jobs, allowedEndpoints, clock).add(routes);
    new CatalogRoutes(catalog, secrets, clock).add(routes);
    routes.exception(Refused.class, (e, context) -> Requests.answer(context, 400, e.body()));
  }

  /**
   * The organization in the path, which is the caller's.
   *
   * @throws HttpProblem 404 for any other
   */
  static UUID organization(Context context) {
    UUID id = Requests.id(context, "org");
    if (!id.equals(Requests.caller(context).organization().id())) {
      throw new HttpProblem(404, "Not found.");
    }
    return id;
  }

  @Override
  public JsonNode error(Context context, int status, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("detail", message);
    if (status >= SERVER_ERROR) {
      body.put("request_id", UUID.randomUUID().toString());
    }
    return body;
  }
}
