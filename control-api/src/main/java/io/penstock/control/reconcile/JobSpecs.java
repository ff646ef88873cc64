package io.penstock.control.reconcile;

import io.penstock.control.job.Job;
import io.penstock.control.job.JobDefinition;
import io.penstock.control.job.SourceAccess;
import io.penstock.control.job.TablePublisher;
import io.penstock.spec.JobSpec;
import io.penstock.spec.KeptWholes;
import io.penstock.spec.SinkSpec;
import io.penstock.spec.SourceSpec;
import io.penstock.spec.TransformSpec;
import java.util.Map;

/** Makes the specification of an attempt. */
final class JobSpecs {
  private static final int ZSTD_LEVEL = 3;

  private final ReconcilerSettings settings;
  private final TablePublisher tables;
  private final SourceAccess sources;

  JobSpecs(ReconcilerSettings settings, TablePublisher tables, SourceAccess sources) {
    this.settings = settings;
    this.tables = tables;
    this.sources = sources;
  }

  /**
   * Prepares the table as a side effect.
   *
   * @throws IllegalStateException with a sentence for the user
   */
  JobSpec of(Job job) {
    JobDefinition definition = job.definition();
    TransformSpec transform =
        new KeptWholes(tables.types(definition.table())).of(definition.transform());
    Map<String, Integer> fieldIds = tables.prepare(definition.table(), transform.columns());
    TransformSpec prepared =
        transform.withColumns(
            transform.columns().stream()
                .map(column -> column.withFieldId(fieldIds.get(column.name())))
                .toList());
    JobDefinition.Source source = definition.source();
    return new JobSpec(
        JobSpec.VERSION,
        job.id(),
        definition.table().qualifiedName() + ": " + job.name(),
        job.attempt().number(),
        new SourceSpec(
            sources.of(job.organization(), source),
            source.urlScheme(),
            source.bucket(),
            source.selection(),
            source.regexFilter(),
            source.maxObjects(),
            source.inputAggregation(),
            settings.maxDecodedRatio()),
        prepared,
        new SinkSpec(
            settings.storage(),
            settings.bucket(),
            tables.dataPrefix(definition.table()),
            settings.jobsPrefix(),
            definition.limits(),
            ZSTD_LEVEL,
            definition.dryRun()),
        definition.failurePolicy());
  }
}
