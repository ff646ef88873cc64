package io.penstock.control.catalog;

import java.time.Instant;
import java.util.UUID;

/** A tenant. */
public record Organization(UUID id, String name, Instant createdAt) {}
