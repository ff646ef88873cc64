package io.penstock.spec;

import java.util.List;
import java.util.Optional;

/**
 * What a finished task read and wrote. It is the last object a task writes, and the same task run
 * twice writes the same bytes.
 *
 * @param skipped objects left out because they could not be read, each with its reason
 */
public record TaskRecord(
    int version,
    PlannedTask task,
    TaskCounts counts,
    List<PartitionFile> partitions,
    Optional<RejectFile> rejects,
    List<SkippedObject> skipped,
    List<String> warnings) {
  public static final int VERSION = 1;

  public TaskRecord {
    Check.that(version == VERSION, "version must be %d but was %d", VERSION, version);
    partitions = List.copyOf(partitions);
    skipped = List.copyOf(skipped);
    warnings = List.copyOf(warnings);
  }

  /** An object that could not be read. */
  public record SkippedObject(String url, String reason) {}
}
