package io.penstock.control.arrivals;

import java.util.UUID;

/**
 * A feed that an organization watches.
 *
 * @param feed see {@link Feed#key}
 */
public record WatchKey(UUID organization, String feed) {}
