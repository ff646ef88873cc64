package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.penstock.control.catalog.Activity;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.http.Requests;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Objects of the catalog as the product shows them. */
final class CatalogJson {
  private CatalogJson() {}

  /** What an object calls its parent. */
  static String parentField(Kind kind) {
    return switch (kind) {
      case PROJECT, CONNECTION -> "org";
      case TABLE -> "project";
      case TRANSFORM -> "table";
    };
  }

  /**
   * All fields that the catalog itself knows.
   *
   * @param path of the collection, below the organization, without slashes at its ends
   */
  static ObjectNode of(Context context, CatalogObject object, Shape shape, String path) {
    ObjectNode stored = (ObjectNode) Requests.parse(object.document());
    stored.put("name", object.name());
    stored.put("description", object.description().orElse(null));
    stored.put("uuid", object.id().toString());
    ObjectNode json = shape.filled(stored);
    json.put("created", BatchJobJson.timestamp(object.createdAt()));
    json.put("modified", BatchJobJson.timestamp(object.modifiedAt()));
    json.put(parentField(object.kind()), object.parent().toString());
    json.put("url", url(context, object.organization(), path + "/" + object.id()));
    json.putNull("publish_task_id");
    return json;
  }

  /** Clients put their own scheme in place of this one, and append to the path. */
  private static String url(Context context, UUID organization, String path) {
    return "https://" + context.host() + "/config/v1/orgs/" + organization + "/" + path;
  }

  static List<ObjectNode> activity(UUID organization, List<Activity.Entry> entries) {
    return entries.stream()
        .map(
            entry -> {
              ObjectNode json = JsonNodeFactory.instance.objectNode();
              json.put("created", BatchJobJson.timestamp(entry.at()));
              json.put("action", entry.action().name().toLowerCase(Locale.ROOT));
              json.put("org", organization.toString());
              json.putObject("log").putObject("user").put("username", entry.who());
              return json;
            })
        .toList();
  }

  /** What {@code OPTIONS} on a collection answers. */
  static ObjectNode metadata(String name, Shape shape) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", name).put("description", "");
    json.putArray("renders").add("application/json");
    json.putArray("parses").add("application/json");
    json.putObject("actions").set("POST", shape.described());
    return json;
  }
}
