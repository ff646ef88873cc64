package io.penstock.control.job;

import java.util.UUID;

/** Who asked. */
public record Principal(UUID id, String name) {}
