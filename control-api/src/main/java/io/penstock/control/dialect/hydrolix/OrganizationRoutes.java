package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.CatalogException;
import io.penstock.control.catalog.Organization;
import io.penstock.control.catalog.Organizations;
import io.penstock.control.http.HttpProblem;
import io.penstock.control.http.Requests;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The organization that the caller belongs to. */
final class OrganizationRoutes {
  private static final Set<String> OWN_FIELDS =
      Set.of("uuid", "name", "type", "description", "created", "modified", "publish_task_id");
  private static final int MAX_DESCRIPTION = 256;

  private final Organizations organizations;
  private final Catalog catalog;
  private final Clock clock;

  OrganizationRoutes(Organizations organizations, Catalog catalog, Clock clock) {
    this.organizations = organizations;
    this.catalog = catalog;
    this.clock = clock;
  }

  void add(RoutesConfig routes) {
    routes.get(
        "/config/v1/orgs",
        context ->
            Pages.answer(
                context, List.of(OrganizationJson.of(Requests.caller(context).organization()))));
    routes.get(
        HydrolixDialect.ORG,
        context -> Requests.answer(context, 200, OrganizationJson.of(callers(context))));
    routes.get(
        HydrolixDialect.ORG + "/summary",
        context ->
            Requests.answer(
                context,
                200,
                OrganizationJson.summary(
                    callers(context), catalog, object -> Gate.visible(context, object))));
    routes.put(HydrolixDialect.ORG, context -> change(context, false));
    routes.patch(HydrolixDialect.ORG, context -> change(context, true));
  }

  private static Organization callers(Context context) {
    HydrolixDialect.organization(context);
    return Requests.caller(context).organization();
  }

  /**
   * @param keeping whether what the body leaves out stays as it is
   */
  private void change(Context context, boolean keeping) {
    Organization caller = callers(context);
    JsonNode body = Requests.body(context);
    if (!body.isObject()) {
      throw new HttpProblem(400, "The body must be a JSON object.");
    }
    try {
      Requests.answer(
          context,
          200,
          OrganizationJson.of(
              organizations.change(caller.id(), before -> changed(before, body, keeping))));
    } catch (CatalogException.NameTaken e) {
      throw Refused.taken(e.name());
    }
  }

  private Organization changed(Organization before, JsonNode json, boolean keeping) {
    Violations violations = new Violations();
    Body body = new Body(json, "", violations);
    String name = keeping && !json.has("name") ? before.name() : Names.read(body, violations);
    Optional<String> description =
        keeping && !json.has("description")
            ? before.description()
            : body.text("description", MAX_DESCRIPTION);
    objects(body, violations);
    if (!violations.isEmpty()) {
      throw new Refused(violations);
    }
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    if (keeping) {
      kept = Patch.merged((ObjectNode) Requests.parse(before.document()), json);
    } else {
      kept.setAll((ObjectNode) json);
    }
    kept.remove(OWN_FIELDS);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return new Organization(
        before.id(), name, description, kept.toString(), before.createdAt(), now);
  }

  private static void objects(Body body, Violations violations) {
    JsonNode settings = body.get("settings");
    if (body.has("settings") && !settings.isObject()) {
      violations.add("settings", "An object is required.");
    }
    JsonNode options = settings.path("default_query_options");
    if (!options.isMissingNode() && !options.isNull() && !options.isObject()) {
      violations.add("settings.default_query_options", "An object is required.");
    }
  }
}
