package io.penstock.control.catalog;

import java.time.Instant;
import java.util.UUID;

/** A project as APIs know it that use integers. */
public record NumberedProject(
    int number, UUID id, UUID organization, String name, Instant createdAt) {}
