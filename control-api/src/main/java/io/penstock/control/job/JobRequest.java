package io.penstock.control.job;

import java.util.Optional;
import java.util.UUID;

/** A job that is to be made, already checked by its dialect. */
public record JobRequest(
    UUID id,
    UUID organization,
    String name,
    Optional<String> description,
    String dialect,
    String submitted,
    JobDefinition definition,
    Principal createdBy) {}
