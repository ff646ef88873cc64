package io.penstock.control.catalog;

import io.penstock.spec.SealedSecret;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A named thing of an organization.
 *
 * @param parent the organization of a project or connection, the project of a table, the table of a
 *     transform
 * @param document what its dialect keeps of it, JSON
 * @param secret of a connection
 */
public record CatalogObject(
    UUID id,
    UUID organization,
    Kind kind,
    UUID parent,
    String name,
    Optional<String> description,
    String document,
    Optional<SealedSecret> secret,
    Instant createdAt,
    Instant modifiedAt) {
  /** What it is. */
  public enum Kind {
    PROJECT,
    TABLE,
    TRANSFORM,
    CONNECTION
  }
}
