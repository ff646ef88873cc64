package io.penstock.control.dialect.hydrolix;

import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.job.TableRef;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToIntFunction;

/** The automatic values that are known when a job is made. */
final class AutomaticNames {
  private AutomaticNames() {}

  /**
   * By the names transforms call them.
   *
   * @param revisions how often an object has been written
   */
  static Map<String, String> of(
      TableRef table, CatalogObject transform, ToIntFunction<UUID> revisions) {
    return Map.ofEntries(
        Map.entry("intake_method", "batch"),
        Map.entry("intake_pool", ""),
        Map.entry("index_pool", ""),
        Map.entry("project_name", table.projectName()),
        Map.entry("project_uuid", table.projectId().toString()),
        Map.entry("project_revision", revision(revisions, table.projectId())),
        Map.entry("table_name", table.tableName()),
        Map.entry("table_uuid", table.tableId().toString()),
        Map.entry("table_revision", revision(revisions, table.tableId())),
        Map.entry("transform_name", transform.name()),
        Map.entry("transform_uuid", transform.id().toString()),
        Map.entry("transform_revision", revision(revisions, transform.id())));
  }

  private static String revision(ToIntFunction<UUID> revisions, UUID object) {
    return Integer.toString(revisions.applyAsInt(object));
  }
}
