/**
 * The Flink sink: routes rows to partitions, uploads them invisibly, and commits a task as a whole.
 * Knows nothing of where rows come from.
 */
package io.penstock.job.sink;
