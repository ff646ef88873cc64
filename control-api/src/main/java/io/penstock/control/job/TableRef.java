package io.penstock.control.job;

import java.util.UUID;

/** A table, as it was called when the job was made. */
public record TableRef(UUID projectId, String projectName, UUID tableId, String tableName) {
  /** {@code project.table}. */
  public String qualifiedName() {
    return projectName + "." + tableName;
  }
}
