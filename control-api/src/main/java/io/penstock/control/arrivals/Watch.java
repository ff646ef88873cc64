package io.penstock.control.arrivals;

import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of a feed.
 *
 * @param since objects from before are none of its arrivals
 * @param baselined whether all objects from before have been noted
 * @param unmatched objects that nobody wanted
 * @param answeredAt when the feed last answered
 * @param failedAt when it last did not, or said something wrong
 * @param lastError what was wrong then
 */
public record Watch(
    Instant since,
    boolean baselined,
    long unmatched,
    Optional<Instant> answeredAt,
    Optional<Instant> failedAt,
    Optional<String> lastError) {}
