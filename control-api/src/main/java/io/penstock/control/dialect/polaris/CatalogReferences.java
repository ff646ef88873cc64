package io.penstock.control.dialect.polaris;

import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.job.TableRef;
import io.penstock.spec.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the catalog has, seen from a project. */
final class CatalogReferences implements References {
  private final PolarisDialect.Ports ports;
  private final CatalogObject project;

  CatalogReferences(PolarisDialect.Ports ports, CatalogObject project) {
    this.ports = ports;
    this.project = project;
  }

  @Override
  public Optional<Connection> connection(String name) {
    return ConnectionRoutes.named(ports, project.organization(), name);
  }

  @Override
  public List<String> connections() {
    return ports
        .catalog()
        .list(project.organization(), Kind.CONNECTION, project.organization())
        .stream()
        .filter(object -> Connection.of(object).isPresent())
        .map(CatalogObject::name)
        .toList();
  }

  @Override
  public Optional<CatalogObject> table(String name) {
    return ports.catalog().named(project.organization(), Kind.TABLE, project.id(), name);
  }

  @Override
  public Map<String, ColumnType> columns(CatalogObject table) {
    return ports.contents().columns(ref(project, table));
  }

  static TableRef ref(CatalogObject project, CatalogObject table) {
    return new TableRef(project.id(), project.name(), table.id(), table.name());
  }
}
