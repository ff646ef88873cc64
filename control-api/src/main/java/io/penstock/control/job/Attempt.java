package io.penstock.control.job;

import java.util.Optional;

/**
 * One execution on Flink.
 *
 * @param number from 1
 * @param flinkJobId derived from job and number, 32 hexadecimal digits
 * @param startFrom savepoint or checkpoint to start from; absent to start from the job's folder
 * @param checkpoint the newest completed one that was seen
 * @param savepoint taken when it was stopped
 */
public record Attempt(
    int number,
    String flinkJobId,
    JobState state,
    Optional<String> startFrom,
    Optional<String> checkpoint,
    Optional<String> savepoint) {}
