/**
 * Writes Parquet files from column vectors, without Hadoop: encodings are parquet-column's, pages
 * and footer are written here. The only user of Parquet's libraries.
 */
package io.penstock.job.parquet;
