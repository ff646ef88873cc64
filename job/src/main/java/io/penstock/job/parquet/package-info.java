/**
 * Writes Parquet files from column vectors, a column at a time, without Hadoop: dictionaries, pages
 * and compression are here, headers and footer are parquet-format's. The only user of Parquet's
 * libraries.
 */
package io.penstock.job.parquet;
