package io.penstock.spec;

import java.util.Optional;

/**
 * What is known of one column of a partition.
 *
 * @param values including nulls
 * @param nans for doubles; they are in neither bound
 * @param storedBytes of the column's pages in the file
 * @param lower not above any value: {@code true}/{@code false}, decimal digits, {@link
 *     Double#toString}, epoch microseconds, or text (which may be a prefix of the smallest)
 * @param upper not below any value, in the same form; absent when there are only nulls or a text
 *     bound cannot be given
 */
public record ColumnStatistics(
    int fieldId,
    long values,
    long nulls,
    long nans,
    long storedBytes,
    Optional<String> lower,
    Optional<String> upper) {}
