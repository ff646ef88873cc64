package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.penstock.control.catalog.Activity;
import io.penstock.control.catalog.Activity.Action;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.CatalogException;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Principal;
import io.penstock.spec.SealedSecret;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** What projects, tables, transforms and credentials share: finding, reading, making, changing. */
final class CatalogObjects {
  /** Columns of their own; the rest is the document. */
  private static final Set<String> OWN = Set.of("name", "description", "uuid");

  private final Catalog catalog;
  private final Activity activity;
  private final Clock clock;

  CatalogObjects(Catalog catalog, Activity activity, Clock clock) {
    this.catalog = catalog;
    this.activity = activity;
    this.clock = clock;
  }

  Catalog catalog() {
    return catalog;
  }

  /** What the path says is the parent of objects of this kind, which exists. */
  UUID parent(Context context, Kind kind) {
    return switch (kind) {
      case PROJECT, CONNECTION -> HydrolixDialect.organization(context);
      case TABLE -> project(context).id();
      case TRANSFORM -> table(context).id();
    };
  }

  CatalogObject project(Context context) {
    return found(context, Kind.PROJECT, HydrolixDialect.organization(context), "project");
  }

  CatalogObject table(Context context) {
    return found(context, Kind.TABLE, project(context).id(), "table");
  }

  /**
   * The object in the path.
   *
   * @throws CatalogException.NotFound also if it is not where the path says
   */
  CatalogObject found(Context context, Kind kind, UUID parent, String parameter) {
    return catalog
        .find(HydrolixDialect.organization(context), kind, Requests.id(context, parameter))
        .filter(object -> object.parent().equals(parent))
        .orElseThrow(CatalogException.NotFound::new);
  }

  List<CatalogObject> list(Context context, Kind kind, UUID parent) {
    return catalog.list(HydrolixDialect.organization(context), kind, parent);
  }

  /** See {@link Catalog#changing}. */
  <T> T changing(Context context, Supplier<T> work) {
    return catalog.changing(HydrolixDialect.organization(context), work);
  }

  /** The body of a create. */
  ObjectNode posted(Context context, Shape shape, Violations violations) {
    return filled(object(Requests.body(context), violations), shape, violations);
  }

  /** The body of a PUT, which says everything but the name anew. */
  ObjectNode put(Context context, CatalogObject before, Shape shape, Violations violations) {
    ObjectNode body = object(Requests.body(context), violations);
    if (!body.has("name")) {
      body.put("name", before.name());
    }
    body.remove("uuid");
    return filled(body, shape, violations);
  }

  /** What there was, changed by the body of a PATCH. */
  ObjectNode patched(Context context, CatalogObject before, Shape shape, Violations violations) {
    ObjectNode patch = object(Requests.body(context), violations);
    patch.remove("uuid");
    ObjectNode whole = (ObjectNode) Requests.parse(before.document());
    whole.put("name", before.name());
    whole.put("description", before.description().orElse(null));
    merge(whole, patch);
    return filled(whole, shape, violations);
  }

  /** Objects deeply, everything else whole; null takes a key away, so that its default is back. */
  private static void merge(ObjectNode target, ObjectNode patch) {
    for (Map.Entry<String, JsonNode> entry : patch.properties()) {
      JsonNode value = entry.getValue();
      if (value.isNull()) {
        target.remove(entry.getKey());
      } else if (value instanceof ObjectNode object
          && target.get(entry.getKey()) instanceof ObjectNode before) {
        merge(before, object);
      } else {
        target.set(entry.getKey(), value);
      }
    }
  }

  private static ObjectNode object(JsonNode body, Violations violations) {
    if (body instanceof ObjectNode object) {
      return object;
    }
    violations.add("non_field_errors", "The body must be a JSON object.");
    throw new Refused(violations);
  }

  private static ObjectNode filled(ObjectNode body, Shape shape, Violations violations) {
    ObjectNode given = shape.filled(body, "", violations);
    if (given.path("name").isTextual()) {
      Names.check(given.path("name").textValue(), violations);
    }
    return given;
  }

  /** Within {@link #changing}. */
  CatalogObject insert(
      Context context, Kind kind, UUID parent, ObjectNode given, Optional<SealedSecret> secret) {
    Instant now = now();
    CatalogObject object =
        new CatalogObject(
            Requests.uuid(given.path("uuid").asText()).orElseGet(UUID::randomUUID),
            HydrolixDialect.organization(context),
            kind,
            parent,
            given.path("name").asText(),
            description(given),
            document(given),
            secret,
            now,
            now);
    saving(kind, () -> catalog.insert(object));
    note(context, object, Action.CREATE);
    return object;
  }

  /** Within {@link #changing}. */
  CatalogObject update(Context context, CatalogObject before, ObjectNode given) {
    CatalogObject after =
        new CatalogObject(
            before.id(),
            before.organization(),
            before.kind(),
            before.parent(),
            given.path("name").asText(),
            description(given),
            document(given),
            before.secret(),
            before.createdAt(),
            now());
    saving(before.kind(), () -> catalog.update(after));
    note(context, after, Action.UPDATE);
    return after;
  }

  /** Within {@link #changing}. */
  void delete(Context context, CatalogObject object) {
    catalog.delete(object.organization(), object.id());
    note(context, object, Action.DELETE);
  }

  private void note(Context context, CatalogObject object, Action action) {
    Principal who = Requests.caller(context).principal();
    activity.add(object.organization(), object.id(), who, action);
  }

  List<Activity.Entry> activity(CatalogObject object) {
    return activity.of(object.organization(), object.id());
  }

  private static Optional<String> description(ObjectNode given) {
    return Optional.ofNullable(given.path("description").textValue());
  }

  private static String document(ObjectNode given) {
    return given.deepCopy().remove(OWN).toString();
  }

  private static void saving(Kind kind, Runnable save) {
    Violations violations = new Violations();
    try {
      save.run();
    } catch (CatalogException.NameTaken e) {
      violations.add("name", Names.taken(e.name(), CatalogJson.parentField(kind)));
    } catch (CatalogException.IdTaken e) {
      violations.add("uuid", "This uuid is in use.");
    }
    violations.refuse();
  }

  /** PostgreSQL keeps microseconds. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
