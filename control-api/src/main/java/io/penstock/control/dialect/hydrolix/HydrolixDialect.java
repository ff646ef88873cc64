package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.arrivals.Streams;
import io.penstock.control.arrivals.Watches;
import io.penstock.control.catalog.Activity;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.Organizations;
import io.penstock.control.catalog.TableContents;
import io.penstock.control.http.Dialect;
import io.penstock.control.http.HttpProblem;
import io.penstock.control.http.Requests;
import io.penstock.control.identity.Identity;
import io.penstock.control.job.JobFolders;
import io.penstock.control.job.Jobs;
import io.penstock.control.job.Submissions;
import io.penstock.spec.SecretBox;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;

/** The Hydrolix Config API. */
public final class HydrolixDialect implements Dialect {
  static final String NAME = "hydrolix";
  static final String ORG = "/config/v1/orgs/{org}";
  private static final int SERVER_ERROR = 500;

  private final Ports ports;
  private final SecretBox secrets;
  private final AllowedSources sources;
  private final String cloud;
  private final Clock clock;

  /**
   * @param cloud that a login says the organization is in
   */
  public HydrolixDialect(
      Ports ports, SecretBox secrets, AllowedSources sources, String cloud, Clock clock) {
    this.ports = ports;
    this.cloud = cloud;
    this.secrets = secrets;
    this.sources = sources;
    this.clock = clock;
  }

  /** What it works on. */
  public record Ports(
      Catalog catalog,
      Organizations organizations,
      Identity identity,
      Activity activity,
      TableContents contents,
      Jobs jobs,
      Submissions submissions,
      JobFolders folders,
      Autoingest autoingest,
      Watches watches,
      Streams streams) {}

  @Override
  public String pathPrefix() {
    return "/config/v1";
  }

  @Override
  public Set<String> openPaths() {
    return Set.of(LoginRoutes.LOGIN);
  }

  @Override
  public boolean asksPermissions() {
    return true;
  }

  @Override
  public void addRoutes(RoutesConfig routes) {
    new Gate(ports.catalog()).add(routes);
    routes.get(
        "/config/v1/job_statuses",
        context -> {
          ArrayNode list = JsonNodeFactory.instance.arrayNode();
          JobShape.STATUSES.forEach(list::add);
          Requests.answer(context, 200, list);
        });
    addIdentity(routes);
    addJobs(routes);
    addCatalog(routes);
    routes.exception(Refused.class, (e, context) -> Requests.answer(context, 400, e.body()));
  }

  private void addIdentity(RoutesConfig routes) {
    new LoginRoutes(ports.identity(), cloud, clock).add(routes);
    new UserRoutes(ports.identity(), cloud).add(routes);
    new ServiceAccountRoutes(ports.identity(), clock).add(routes);
    new RoleRoutes(ports.identity(), ports.catalog()).add(routes);
    new OrganizationRoutes(ports.organizations(), ports.catalog(), clock).add(routes);
  }

  private void addJobs(RoutesConfig routes) {
    new BatchJobRoutes(
            this::references,
            ports.jobs(),
            new JobSubmission(ports.jobs(), ports.submissions()),
            clock)
        .add(routes);
    new JobFolderRoutes(ports.catalog(), ports.jobs(), ports.folders()).add(routes);
  }

  private References references(UUID organization) {
    return new CatalogReferences(ports.catalog(), ports.activity(), organization, sources);
  }

  private void addCatalog(RoutesConfig routes) {
    CatalogObjects objects = new CatalogObjects(ports.catalog(), ports.activity(), clock);
    TableRemoval removal = new TableRemoval(ports.catalog(), ports.jobs(), ports.contents());
    new ProjectRoutes(objects, removal).add(routes);
    TableRules rules = new TableRules(ports.catalog(), this::references);
    new TableRoutes(objects, rules, removal).add(routes);
    new TransformRoutes(objects).add(routes);
    new CredentialRoutes(objects, ports.jobs(), secrets).add(routes);
    new AutoingestRoutes(
            objects, ports.autoingest(), ports.watches(), ports.streams(), ports.jobs(), clock)
        .add(routes);
    new PartitionRoutes(objects, ports.jobs(), ports.contents()).add(routes);
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
