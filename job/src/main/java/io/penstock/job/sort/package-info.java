/**
 * Puts a task's rows in order, and combines those that become one: rows are bytes whose unsigned
 * order is theirs; what does not fit in memory waits in temporary files. Begin at {@link
 * io.penstock.job.sort.RowSorter}.
 */
package io.penstock.job.sort;
