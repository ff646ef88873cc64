/** Turns records into rows: splits, converts, rejects, counts. Knows nothing of storage. */
package io.penstock.job.decode;
