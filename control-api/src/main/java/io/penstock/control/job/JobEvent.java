package io.penstock.control.job;

import java.time.Instant;

/**
 * What became of a job, or what somebody wanted of it.
 *
 * @param who as they were called then
 * @param what a few words
 */
public record JobEvent(Instant at, String who, String what) {}
