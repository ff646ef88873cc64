package io.penstock.spec;

/**
 * Rows of one task and one time bucket, combined by a {@link Rollup} and in order, that are to be
 * combined with those of other tasks.
 *
 * @param key in the sink's bucket
 * @param timeBucket counted from the epoch
 * @param bytes as they are stored
 */
public record RunFile(String key, long timeBucket, long rows, long bytes) {}
