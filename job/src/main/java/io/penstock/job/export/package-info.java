/**
 * An export as Flink operators: one subtask reads a table's files in order, keeps the rows of the
 * interval, computes the outputs and writes files whose uploads it does not complete.
 *
 * <pre>
 * ScanSource   one split; TableScan decodes ahead
 * WriteFiles   RowsOfInterval, expressions, ExportFiles: encode and upload; progress
 * ResultSink   the result is written when the checkpoint behind the last row is complete
 * </pre>
 *
 * <p>A savepoint holds nothing of an unfinished export: one that is restored begins again.
 */
package io.penstock.job.export;
