/**
 * Writes Parquet files from column vectors, a column at a time, without Hadoop. The only user of
 * Parquet's libraries, for headers and footer.
 *
 * <pre>
 * ParquetFile   footer
 *   OpenRowGroup   where row groups end
 *     StagedRows      short runs wait here until they are many
 *     ColumnEncoder   where pages end; one for each column
 *       ColumnValues     dictionary, or plain; bounds
 *       DefinitionLevels nulls
 *       ColumnPages      headers, compression, finished pages
 * </pre>
 *
 * <p>What the readers at hand must understand decides: data pages of version 1, PLAIN and
 * PLAIN_DICTIONARY, levels and ids in runs and packed bits. Delta encodings are not written, as
 * vectorized readers of Iceberg tables refuse them.
 *
 * <p>All buffers come from a pool by size class, start small and are given back with the row group,
 * so that many open files and thousands of small ones cost what their rows take.
 */
package io.penstock.job.parquet;
