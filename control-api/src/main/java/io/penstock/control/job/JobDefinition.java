package io.penstock.control.job;

import io.penstock.spec.FailurePolicy;
import io.penstock.spec.ObjectSelection;
import io.penstock.spec.PartitionLimits;
import io.penstock.spec.TransformSpec;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a job is to do, frozen when it was made. No secrets: they are looked up by connection when
 * an attempt starts.
 *
 * @param transformName how it was called; later changes of the transform do not matter
 * @param maxParallelTasks per TaskManager
 * @param rules absent if nothing is insisted on
 * @param warnings what of it has no effect, in full sentences; absent if all of it has
 */
public record JobDefinition(
    TableRef table,
    String transformName,
    TransformSpec transform,
    Source source,
    PartitionLimits limits,
    int maxParallelTasks,
    FailurePolicy failurePolicy,
    PublishMode publish,
    boolean dryRun,
    Optional<LoadRules> rules,
    Optional<List<String>> warnings) {
  /** Nothing is insisted on, and all of it has an effect. */
  public JobDefinition(
      TableRef table,
      String transformName,
      TransformSpec transform,
      Source source,
      PartitionLimits limits,
      int maxParallelTasks,
      FailurePolicy failurePolicy,
      PublishMode publish,
      boolean dryRun) {
    this(
        table,
        transformName,
        transform,
        source,
        limits,
        maxParallelTasks,
        failurePolicy,
        publish,
        dryRun,
        Optional.empty(),
        Optional.empty());
  }

  /** The rules, if there are any or not. */
  public LoadRules effectiveRules() {
    return rules.orElse(LoadRules.NONE);
  }

  /** Whether the job goes on until it is stopped, see {@link ObjectSelection.Arrivals}. */
  public boolean continuous() {
    return source.selection() instanceof ObjectSelection.Arrivals;
  }

  /**
   * What is read, see {@link io.penstock.spec.SourceSpec}.
   *
   * @param connection absent for the server's own access
   * @param endpoint instead of the connection's or server's own
   * @param region instead of the connection's or server's own
   */
  public record Source(
      Optional<UUID> connection,
      Optional<String> endpoint,
      Optional<String> region,
      String urlScheme,
      String bucket,
      ObjectSelection selection,
      String regexFilter,
      long maxObjects,
      long inputAggregation) {
    public Source withInputAggregation(long bytes) {
      return new Source(
          connection,
          endpoint,
          region,
          urlScheme,
          bucket,
          selection,
          regexFilter,
          maxObjects,
          bytes);
    }
  }
}
