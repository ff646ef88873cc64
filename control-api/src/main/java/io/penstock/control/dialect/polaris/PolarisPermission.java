package io.penstock.control.dialect.polaris;

import io.penstock.control.catalog.Permission;
import io.penstock.control.catalog.Permissions;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The product's permissions, each as the rights that make it up. */
enum PolarisPermission {
  MANAGE_INGESTION_JOBS(
      "ManageIngestionJobs",
      Permission.VIEW_JOB,
      Permission.ADD_JOB,
      Permission.CANCEL_JOB,
      Permission.RETRY_JOB),
  MANAGE_TABLES(
      "ManageTables",
      Permission.VIEW_TABLE,
      Permission.ADD_TABLE,
      Permission.CHANGE_TABLE,
      Permission.DELETE_TABLE),
  VIEW_TABLES("ViewTables", Permission.VIEW_TABLE),
  MANAGE_CONNECTIONS(
      "ManageConnections",
      Permission.VIEW_CONNECTION,
      Permission.ADD_CONNECTION,
      Permission.DELETE_CONNECTION),
  /** Files are there to be loaded. */
  MANAGE_FILES("ManageFiles", Permission.ADD_JOB);

  private final String wireName;
  private final List<Permission> rights;

  PolarisPermission(String wireName, Permission... rights) {
    this.wireName = wireName;
    this.rights = List.of(rights);
  }

  String wireName() {
    return wireName;
  }

  /**
   * @param scopes the object and what it is in
   */
  boolean heldBy(Permissions permissions, Set<UUID> scopes) {
    return rights.stream().allMatch(right -> permissions.allow(right, scopes));
  }
}
