package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.catalog.Organization;
import io.penstock.control.http.Requests;
import java.util.function.Predicate;

/** An organization as the product shows it. */
final class OrganizationJson {
  private static final String DEFAULT_QUERY_OPTIONS = "default_query_options";

  private OrganizationJson() {}

  static ObjectNode of(Organization organization) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("uuid", organization.id().toString())
        .put("name", organization.name())
        .put("type", "singletenant")
        .put("description", organization.description().orElse(null))
        .put("created", BatchJobJson.timestamp(organization.createdAt()))
        .put("modified", BatchJobJson.timestamp(organization.modifiedAt()))
        .putNull("settings")
        .putNull("publish_task_id");
    json.setAll((ObjectNode) Requests.parse(organization.document()));
    json.set("settings", settings(json.path("settings")));
    return json;
  }

  private static ObjectNode settings(JsonNode kept) {
    ObjectNode settings =
        kept instanceof ObjectNode object
            ? object.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    if (!settings.hasNonNull(DEFAULT_QUERY_OPTIONS)) {
      settings.putObject(DEFAULT_QUERY_OPTIONS);
    }
    return settings;
  }

  /** With those of its projects and their tables that are visible. */
  static ObjectNode summary(
      Organization organization, Catalog catalog, Predicate<CatalogObject> visible) {
    ObjectNode json = of(organization);
    json.putNull("type");
    ArrayNode projects = json.putArray("projects");
    catalog.list(organization.id(), Kind.PROJECT, organization.id()).stream()
        .filter(visible)
        .forEach(
            project -> {
              ObjectNode shown = brief(project);
              ArrayNode tables = shown.putArray("tables");
              catalog.list(organization.id(), Kind.TABLE, project.id()).stream()
                  .filter(visible)
                  .forEach(table -> tables.add(brief(table)));
              projects.add(shown);
            });
    return json;
  }

  private static ObjectNode brief(CatalogObject object) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("uuid", object.id().toString())
        .put("name", object.name())
        .put("description", object.description().orElse(null))
        .put("created", BatchJobJson.timestamp(object.createdAt()))
        .put("modified", BatchJobJson.timestamp(object.modifiedAt()));
  }
}
