/**
 * What flows between the three operators of the job: events of tasks, blocks of bytes, batches of
 * rows. Knows neither where bytes come from nor where rows go.
 */
package io.penstock.job.record;
