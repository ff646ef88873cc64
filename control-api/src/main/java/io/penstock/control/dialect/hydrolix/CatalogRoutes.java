package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.CatalogException;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.http.HttpProblem;
import io.penstock.control.http.Requests;
import io.penstock.spec.S3Credentials;
import io.penstock.spec.SealedSecret;
import io.penstock.spec.SecretBox;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Projects, tables, transforms and credentials, as far as batch jobs need them. */
final class CatalogRoutes {
  private static final String PROJECTS = HydrolixDialect.ORG + "/projects";
  private static final String TABLES = PROJECTS + "/{project}/tables";
  private static final String TRANSFORMS = TABLES + "/{table}/transforms";
  private static final String CREDENTIALS = HydrolixDialect.ORG + "/credentials";
  private static final Set<String> OWN_FIELDS =
      Set.of(
          "name", "description", "uuid", "url", "created", "modified", "org", "project", "table");
  private static final int MAX_NAME = 64;
  private static final int MAX_DESCRIPTION = 256;

  private final Catalog catalog;
  private final SecretBox secrets;
  private final Clock clock;

  CatalogRoutes(Catalog catalog, SecretBox secrets, Clock clock) {
    this.catalog = catalog;
    this.secrets = secrets;
    this.clock = clock;
  }

  void add(RoutesConfig routes) {
    crud(routes, PROJECTS, Kind.PROJECT);
    crud(routes, TABLES, Kind.TABLE);
    crud(routes, TRANSFORMS, Kind.TRANSFORM);
    crud(routes, CREDENTIALS, Kind.CONNECTION);
  }

  private void crud(RoutesConfig routes, String path, Kind kind) {
    routes.get(
        path,
        context -> {
          UUID parent = parent(context, kind);
          Pages.answer(
              context,
              catalog.list(HydrolixDialect.organization(context), kind, parent).stream()
                  .map(object -> json(context, object))
                  .toList());
        });
    routes.post(path, context -> create(context, kind));
    routes.get(
        path + "/{id}",
        context -> Requests.answer(context, 200, json(context, found(context, kind))));
    routes.delete(
        path + "/{id}",
        context -> {
          CatalogObject object = found(context, kind);
          catalog.delete(object.organization(), object.id());
          context.status(204);
        });
    if (kind != Kind.CONNECTION) {
      routes.put(path + "/{id}", context -> replace(context, kind));
    }
  }

  private UUID parent(Context context, Kind kind) {
    UUID organization = HydrolixDialect.organization(context);
    return switch (kind) {
      case PROJECT, CONNECTION -> organization;
      case TABLE -> existing(organization, Kind.PROJECT, Requests.id(context, "project")).id();
      case TRANSFORM -> {
        CatalogObject table = existing(organization, Kind.TABLE, Requests.id(context, "table"));
        if (!table.parent().equals(Requests.id(context, "project"))) {
          throw new CatalogException.NotFound();
        }
        yield table.id();
      }
    };
  }

  private CatalogObject existing(UUID organization, Kind kind, UUID id) {
    return catalog.find(organization, kind, id).orElseThrow(CatalogException.NotFound::new);
  }

  private CatalogObject found(Context context, Kind kind) {
    UUID parent = parent(context, kind);
    CatalogObject object =
        existing(HydrolixDialect.organization(context), kind, Requests.id(context, "id"));
    if (!object.parent().equals(parent)) {
      throw new CatalogException.NotFound();
    }
    return object;
  }

  private void create(Context context, Kind kind) {
    UUID parent = parent(context, kind);
    JsonNode json = Requests.body(context);
    Violations violations = new Violations();
    if (!json.isObject()) {
      throw new HttpProblem(400, "The body must be a JSON object.");
    }
    Body body = new Body(json, "", violations);
    String name = name(body);
    Optional<String> description = body.text("description", MAX_DESCRIPTION);
    Optional<UUID> id = body.text("uuid", 36).flatMap(Requests::uuid);
    ObjectNode document = document(json);
    Optional<SealedSecret> secret = Optional.empty();
    if (kind == Kind.TRANSFORM) {
      TransformRules.check(json, violations);
    } else if (kind == Kind.CONNECTION) {
      secret = credential(json, document, violations);
    }
    if (!violations.isEmpty()) {
      throw new Refused(violations);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    CatalogObject object =
        new CatalogObject(
            id.orElseGet(UUID::randomUUID),
            HydrolixDialect.organization(context),
            kind,
            parent,
            name,
            description,
            document.toString(),
            secret,
            now,
            now);
    saving(kind, () -> catalog.insert(object));
    Requests.answer(context, 201, json(context, object));
  }

  private void replace(Context context, Kind kind) {
    CatalogObject before = found(context, kind);
    JsonNode json = Requests.body(context);
    Violations violations = new Violations();
    Body body = new Body(json, "", violations);
    String name = body.has("name") ? name(body) : before.name();
    Optional<String> description = body.text("description", MAX_DESCRIPTION);
    if (kind == Kind.TRANSFORM) {
      TransformRules.check(json, violations);
    }
    if (!violations.isEmpty()) {
      throw new Refused(violations);
    }
    CatalogObject after =
        new CatalogObject(
            before.id(),
            before.organization(),
            kind,
            before.parent(),
            name,
            description,
            document(json).toString(),
            before.secret(),
            before.createdAt(),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    saving(kind, () -> catalog.update(after));
    Requests.answer(context, 200, json(context, after));
  }

  private static String name(Body body) {
    String name = body.requiredText("name", MAX_NAME);
    boolean odd =
        name.isBlank()
            || !name.equals(name.strip())
            || name.contains(".")
            || name.contains("/")
            || name.chars().anyMatch(Character::isISOControl);
    if (body.has("name") && odd) {
      body.wrong(
          "name",
          "A name has no dots, slashes or control characters, nor white space at its ends.");
    }
    return name;
  }

  private static void saving(Kind kind, Runnable save) {
    try {
      save.run();
    } catch (CatalogException.NameTaken e) {
      String parent =
          switch (kind) {
            case PROJECT, CONNECTION -> "org";
            case TABLE -> "project";
            case TRANSFORM -> "table";
          };
      Violations violations = new Violations();
      violations.add(
          "name",
          "The name (%s) already exists on the specified %s in the url"
              .formatted(e.name(), parent));
      throw new Refused(violations);
    }
  }

  /** What is kept as it was sent. */
  private static ObjectNode document(JsonNode json) {
    ObjectNode document = json.deepCopy();
    document.remove(OWN_FIELDS);
    document.remove("template");
    return document;
  }

  private Optional<SealedSecret> credential(
      JsonNode json, ObjectNode document, Violations violations) {
    String type = json.path("type").asText("");
    if (!type.equals("aws_access_keys")) {
      violations.add(
          "type", type.isEmpty() ? Violations.REQUIRED : "\"" + type + "\" is not a valid choice.");
      return Optional.empty();
    }
    Body details = new Body(json, "", violations).object("details");
    String keyId = details.requiredText("access_key_id", 256);
    String secret = details.requiredText("secret_access_key", 256);
    document.putObject("details").put("access_key_id", keyId).put("secret_access_key", "********");
    document.put("cloud", "aws");
    return keyId.isEmpty() || secret.isEmpty()
        ? Optional.empty()
        : Optional.of(secrets.seal(new S3Credentials(keyId, secret, Optional.empty())));
  }

  private static ObjectNode json(Context context, CatalogObject object) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", object.name());
    json.put("description", object.description().orElse(null));
    json.put("uuid", object.id().toString());
    json.put("created", BatchJobJson.timestamp(object.createdAt()));
    json.put("modified", BatchJobJson.timestamp(object.modifiedAt()));
    String parent =
        switch (object.kind()) {
          case PROJECT, CONNECTION -> "org";
          case TABLE -> "project";
          case TRANSFORM -> "table";
        };
    json.put(parent, object.parent().toString());
    json.put("url", url(context, object));
    json.putNull("publish_task_id");
    if (object.kind() != Kind.TRANSFORM) {
      json.putObject("settings");
    }
    json.setAll((ObjectNode) Requests.parse(object.document()));
    return json;
  }

  private static String url(Context context, CatalogObject object) {
    String path = context.path().replaceAll("/+$", "");
    String id = object.id().toString();
    return "https://" + context.host() + (path.endsWith(id) ? path : path + "/" + id);
  }
}
