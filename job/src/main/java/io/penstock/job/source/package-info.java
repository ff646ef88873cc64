/**
 * The Flink source: lists objects, plans index tasks, hands them out, and reads them as chunks of
 * whole records. Knows nothing of rows.
 */
package io.penstock.job.source;
