package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.job.TableRef;
import java.util.Optional;
import java.util.UUID;

/** What a job's names stand for in the caller's organization. */
interface References {
  /** By {@code project.table}, or by the table's UUID. */
  Optional<TableRef> table(String name);

  /** The settings of a table that exists. */
  JsonNode settings(TableRef table);

  Optional<CatalogObject> transform(TableRef table, String name);

  Optional<CatalogObject> defaultTransform(TableRef table);

  Optional<CatalogObject> credential(UUID id);

  /** How often a project, table or transform has been written: 1 as it was made. */
  int revision(UUID object);

  /** Whether the operator allows sources at this endpoint. */
  boolean allowedEndpoint(String endpoint);

  /** Whether the operator allows sources in buckets of this name. */
  boolean allowedBucket(String bucket);
}
