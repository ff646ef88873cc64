package io.penstock.control.expression;

import java.time.Instant;
import java.time.ZoneId;

/**
 * What an expression depends on beside its text.
 *
 * @param zone of time functions that name none
 * @param now what {@code CURRENT_TIMESTAMP} is, in every task and every attempt
 */
public record SessionSettings(ZoneId zone, Instant now) {}
