package io.penstock.spec;

import java.time.Instant;
import java.util.List;

/**
 * One output file of a task.
 *
 * @param key in the sink's bucket
 * @param sha256 of the file's bytes, hexadecimal
 * @param minTime of the time column of its rows
 * @param maxTime of the time column of its rows
 * @param rowGroupOffsets where each row group begins, in bytes
 */
public record PartitionFile(
    String key,
    long rows,
    long bytes,
    String sha256,
    Instant minTime,
    Instant maxTime,
    List<Long> rowGroupOffsets,
    List<ColumnStatistics> columns) {
  public PartitionFile {
    rowGroupOffsets = List.copyOf(rowGroupOffsets);
    columns = List.copyOf(columns);
  }
}
