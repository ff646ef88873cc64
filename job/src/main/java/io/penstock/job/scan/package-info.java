/**
 * Reads Parquet files to batches of rows: footers and pages with Parquet's own classes for their
 * headers, values straight into column vectors. Flat columns only; encodings that are rare come by
 * way of parquet-java's decoders.
 *
 * <pre>
 * TableScan        files in order, each decoded ahead on another thread
 *   FileScan         one file: footer, row groups, batches
 *     RowGroupBytes    what is fetched of a row group
 *     ChunkReader      one column of a row group: pages, levels
 *       PageValues       one page's values
 * </pre>
 */
package io.penstock.job.scan;
