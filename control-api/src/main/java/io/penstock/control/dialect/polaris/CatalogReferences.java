package io.penstock.control.dialect.polaris;

import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.catalog.UploadedFile;
import io.penstock.control.job.TableRef;
import io.penstock.spec.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the catalog has, seen from a project. */
final class CatalogReferences implements References {
  private final PolarisDialect.Ports ports;
  private final CatalogObject project;
  private final UUID job;

  /**
   * @param job that is to be made
   */
  CatalogReferences(PolarisDialect.Ports ports, CatalogObject project, UUID job) {
    this.ports = ports;
    this.project = project;
    this.job = job;
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
  public Optional<UploadedFile> file(String name) {
    return ports.files().named(project.id(), name);
  }

  @Override
  public List<String> files() {
    return ports.files().list(project.id()).stream().map(UploadedFile::name).toList();
  }

  @Override
  public String key(UploadedFile file) {
    return ports.inputs().key(project.id(), file.id(), file.name());
  }

  @Override
  public String inlineKey() {
    return ports.inputs().key(project.id(), job, "inline");
  }

  @Override
  public String ownBucket() {
    return ports.inputs().bucket();
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
