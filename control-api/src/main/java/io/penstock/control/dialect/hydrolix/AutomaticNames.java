package io.penstock.control.dialect.hydrolix;

import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.job.TableRef;
import java.util.Map;

/** The automatic values that are known when a job is made. */
final class AutomaticNames {
  private AutomaticNames() {}

  /** By the names transforms call them. */
  static Map<String, String> of(TableRef table, CatalogObject transform) {
    return Map.of(
        "intake_method", "batch",
        "intake_pool", "",
        "index_pool", "",
        "project_name", table.projectName(),
        "project_uuid", table.projectId().toString(),
        "table_name", table.tableName(),
        "table_uuid", table.tableId().toString(),
        "transform_name", transform.name(),
        "transform_uuid", transform.id().toString());
  }
}
