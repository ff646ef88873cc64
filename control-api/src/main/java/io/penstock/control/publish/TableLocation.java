package io.penstock.control.publish;

import io.penstock.control.job.TableRef;

/** Where a table's files are: by ids, so that a name can be used again. */
final class TableLocation {
  private TableLocation() {}

  /** Key prefix, ending in {@code /}. */
  static String prefix(StorageAccess access, TableRef table) {
    return access.tablesPrefix() + table.projectId() + "/" + table.tableId() + "/";
  }

  /** Key prefix of the partitions, ending in {@code /}. */
  static String dataPrefix(StorageAccess access, TableRef table) {
    return prefix(access, table) + "data/";
  }
}
