package io.penstock.control.export;

import java.time.Duration;

/**
 * What the operator allows.
 *
 * @param highFrequency whether exports may run more often than hourly
 * @param freeQuery whether exports of a query that is of no one table may be made
 * @param earliestBackfill whether a backfill may have no start
 * @param maxBackfills that are active in a project at a time
 * @param inlineKeys whether a destination may bring its own keys
 * @param failureThreshold failures among the judged runs that pause an export
 * @param maxAttempts of a run; 0 for any number
 * @param runRetries runs made again when the attempts of a scheduled one are used up
 * @param delay between an interval's end and its run
 * @param catchUp intervals that ended longer ago are not caught up
 */
public record ExportRules(
    boolean highFrequency,
    boolean freeQuery,
    boolean earliestBackfill,
    int maxBackfills,
    boolean inlineKeys,
    int failureThreshold,
    int maxAttempts,
    int runRetries,
    StartDelay delay,
    Duration catchUp) {}
