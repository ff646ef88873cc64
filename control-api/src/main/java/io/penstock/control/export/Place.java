package io.penstock.control.export;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A place in a sorted list, right behind one entry.
 *
 * @param key that the list is sorted by; absent for an entry without one
 */
public record Place(Optional<Instant> key, UUID id) {}
