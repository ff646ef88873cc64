package io.penstock.control.reconcile;

import io.penstock.spec.S3Access;
import java.time.Duration;
import java.util.Optional;

/**
 * How the reconciler works.
 *
 * @param interval between two rounds
 * @param maxParallelism slots one job may take
 * @param savepointPatience how long a cancel tries for a savepoint before it does without
 * @param maxDecodedRatio see {@link io.penstock.spec.SourceSpec}
 * @param storage where tables and job folders are, with sealed credentials
 * @param jobsPrefix key prefix of all job folders, ending in {@code /}
 */
public record ReconcilerSettings(
    Duration interval,
    int maxParallelism,
    Duration savepointPatience,
    Optional<Integer> maxDecodedRatio,
    S3Access storage,
    String bucket,
    String jobsPrefix) {}
