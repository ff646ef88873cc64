package io.penstock.control.catalog;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A tenant.
 *
 * @param document what its dialect keeps of it, JSON
 */
public record Organization(
    UUID id,
    String name,
    Optional<String> description,
    String document,
    Instant createdAt,
    Instant modifiedAt) {}
