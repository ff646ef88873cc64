package io.penstock.control.export;

import io.penstock.control.job.Principal;
import io.penstock.spec.SealedSecret;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Keys, and where they are for, that exports of a project write with.
 *
 * @param number unique among all; 0 before it is kept
 * @param endpoint of a service that is not AWS
 * @param role to assume instead of keys
 * @param secret the keys
 */
public record Integration(
    int number,
    UUID project,
    Destination.Type kind,
    String name,
    Optional<String> endpoint,
    Optional<String> role,
    Optional<SealedSecret> secret,
    Principal createdBy,
    Instant createdAt) {}
