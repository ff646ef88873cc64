package io.penstock.control.arrivals;

import java.util.UUID;

/** What one job without an end loads: the objects of a bucket that an entry of a table takes. */
public record StreamKey(UUID organization, UUID table, String entry, String bucket) {}
