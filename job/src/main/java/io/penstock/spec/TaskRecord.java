package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * What a finished task read and wrote. It is the last object a task writes, and the same task run
 * twice writes the same bytes.
 *
 * @param skipped objects left out because they could not be read, each with its reason
 * @param runs what it wrote instead of partitions, to be merged with those of other tasks
 */
public record TaskRecord(
    int version,
    PlannedTask task,
    TaskCounts counts,
    List<PartitionFile> partitions,
    Optional<RejectFile> rejects,
    List<SkippedObject> skipped,
    List<String> warnings,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RunFile> runs) {
  public static final int VERSION = 1;

  public TaskRecord {
    Check.that(version == VERSION, "version must be %d but was %d", VERSION, version);
    partitions = List.copyOf(partitions);
    skipped = List.copyOf(skipped);
    warnings = List.copyOf(warnings);
    // Absent in what was written before there were any.
    runs = runs == null ? List.of() : List.copyOf(runs);
  }

  /** Nothing of it is to be merged. */
  public TaskRecord(
      int version,
      PlannedTask task,
      TaskCounts counts,
      List<PartitionFile> partitions,
      Optional<RejectFile> rejects,
      List<SkippedObject> skipped,
      List<String> warnings) {
    this(version, task, counts, partitions, rejects, skipped, warnings, List.of());
  }

  /** An object that could not be read. */
  public record SkippedObject(String url, String reason) {}
}
