package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.penstock.control.catalog.Activity;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.http.Requests;
import io.penstock.control.job.TableRef;
import java.util.Optional;
import java.util.UUID;

/** Looks names up in the catalog, in one organization. */
final class CatalogReferences implements References {
  private final Catalog catalog;
  private final Activity activity;
  private final UUID organization;
  private final AllowedSources sources;

  CatalogReferences(Catalog catalog, Activity activity, UUID organization, AllowedSources sources) {
    this.catalog = catalog;
    this.activity = activity;
    this.organization = organization;
    this.sources = sources;
  }

  @Override
  public Optional<TableRef> table(String name) {
    Optional<UUID> id = Requests.uuid(name);
    if (id.isPresent()) {
      return catalog.find(organization, Kind.TABLE, id.get()).flatMap(this::ref);
    }
    // Either name may hold dots.
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      String tableName = name.substring(dot + 1);
      Optional<TableRef> found =
          catalog
              .named(organization, Kind.PROJECT, organization, name.substring(0, dot))
              .flatMap(p -> catalog.named(organization, Kind.TABLE, p.id(), tableName))
              .flatMap(this::ref);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<TableRef> ref(CatalogObject table) {
    return catalog
        .find(organization, Kind.PROJECT, table.parent())
        .map(p -> new TableRef(p.id(), p.name(), table.id(), table.name()));
  }

  @Override
  public JsonNode settings(TableRef table) {
    return catalog
        .find(organization, Kind.TABLE, table.tableId())
        .map(found -> Requests.parse(found.document()).path("settings"))
        .orElseGet(MissingNode::getInstance);
  }

  @Override
  public Optional<CatalogObject> transform(TableRef table, String name) {
    return catalog.named(organization, Kind.TRANSFORM, table.tableId(), name);
  }

  @Override
  public Optional<CatalogObject> defaultTransform(TableRef table) {
    return catalog.list(organization, Kind.TRANSFORM, table.tableId()).stream()
        .filter(t -> Requests.parse(t.document()).path("settings").path("is_default").asBoolean())
        .findFirst();
  }

  @Override
  public Optional<CatalogObject> credential(UUID id) {
    return catalog.find(organization, Kind.CONNECTION, id);
  }

  /** What is older than the history counts as made. */
  @Override
  public int revision(UUID object) {
    return Math.max(1, activity.of(organization, object).size());
  }

  @Override
  public boolean allowedEndpoint(String endpoint) {
    return sources.allowsEndpoint(endpoint);
  }

  @Override
  public boolean allowedBucket(String bucket) {
    return sources.allowsBucket(bucket);
  }
}
