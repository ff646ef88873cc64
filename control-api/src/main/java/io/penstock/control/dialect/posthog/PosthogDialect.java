package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.ProjectNumbers;
import io.penstock.control.export.AlertStore;
import io.penstock.control.export.DestinationTests;
import io.penstock.control.export.Endpoints;
import io.penstock.control.export.ExportModels;
import io.penstock.control.export.ExportPorts;
import io.penstock.control.export.Integrations;
import io.penstock.control.export.LateRows;
import io.penstock.control.http.Dialect;
import io.penstock.control.http.Requests;
import io.penstock.control.identity.PersonalKeys;
import io.penstock.spec.SecretBox;
import java.util.List;
import java.util.Set;

/** The PostHog API of a project's batch exports, and of what they need. */
public final class PosthogDialect implements Dialect {
  static final String INTROSPECTION = "/oauth/introspect";

  /** The same project. */
  static final List<String> PROJECTS =
      List.of("/api/projects/{project}", "/api/environments/{project}");

  /** Exports of one project. */
  static final List<String> BASES = PROJECTS.stream().map(one -> one + "/batch_exports").toList();

  /** Exports of one project, or of an organization. */
  static final List<String> ALL_BASES =
      List.of(BASES.get(0), BASES.get(1), "/api/organizations/{organization}/batch_exports");

  private final Ports ports;

  public PosthogDialect(Ports ports) {
    this.ports = ports;
  }

  /** What it works on. */
  public record Ports(
      ExportPorts export,
      Integrations integrations,
      ExportModels models,
      ProjectNumbers numbers,
      PersonalKeys keys,
      Endpoints endpoints,
      DestinationTests tests,
      LateRows lateRows,
      AlertStore alerts,
      SecretBox secrets) {}

  @Override
  public String pathPrefix() {
    return "/api/";
  }

  @Override
  public Set<String> openPaths() {
    return Set.of(INTROSPECTION);
  }

  @Override
  public boolean asksPermissions() {
    return true;
  }

  @Override
  public String challenge() {
    return "Bearer";
  }

  @Override
  public void addRoutes(RoutesConfig routes) {
    Guard guard = new Guard(ports.numbers(), ports.keys());
    new AccountRoutes(ports).add(routes, guard);
    new IntegrationRoutes(ports).add(routes, guard);
    // Before the exports, whose ids would match its names.
    new TestStepRoutes(ports).add(routes, guard);
    new ExportRoutes(ports).add(routes, guard);
    new RunRoutes(ports).add(routes, guard);
    new BackfillRoutes(ports).add(routes, guard);
    new LogRoutes(ports).add(routes, guard);
    new CoverageRoutes(ports).add(routes, guard);
    new AlertRoutes(ports).add(routes, guard);
    routes.exception(
        PosthogError.class, (e, context) -> Requests.answer(context, e.status(), e.body()));
  }

  @Override
  public JsonNode error(Context context, int status, String message) {
    return PosthogError.ofStatus(status, message);
  }
}
