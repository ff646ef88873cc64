package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.expression.NearestName;
import io.penstock.control.expression.SessionSettings;
import io.penstock.control.job.JobDefinition;
import io.penstock.control.job.LoadLimits;
import io.penstock.control.job.LoadRules;
import io.penstock.control.job.PublishMode;
import io.penstock.control.job.TableRef;
import io.penstock.spec.PartitionLimits;
import io.penstock.spec.RowRules;
import io.penstock.spec.TimeSpan;
import io.penstock.spec.TransformSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Translates the body of a create to a job, noting everything that is wrong with it. Pure. */
final class BatchTranslator {
  private static final Set<String> KNOWN =
      Set.of(
          "type",
          "source",
          "target",
          "ingestionMode",
          "replaceAll",
          "mappings",
          "filterExpression",
          "maxParseExceptions",
          "createTableIfNotExists",
          "partitionedBy",
          "clusteringColumns",
          "context",
          // Of replies: ignored.
          "id",
          "executionStatus",
          "desiredExecutionStatus",
          "health",
          "createdBy",
          "lastModifiedBy",
          "createdTimestamp",
          "lastUpdatedTimestamp",
          "startedTimestamp",
          "completedTimestamp",
          "spec",
          "query");
  private static final List<String> TYPES = List.of("batch", "sql", "streaming");
  private static final int MAX_OPEN = 576;
  private static final LoadLimits LIMITS = new LoadLimits(1_000_000, 5_000, 25_000);

  private final Fields body;
  private final References references;
  private final Instant now;
  private final Problems problems = new Problems();

  private BatchTranslator(JsonNode json, References references, Instant now) {
    this.now = now;
    this.body = new Fields(json, "", problems);
    this.references = references;
  }

  /**
   * A job that can be made.
   *
   * @param newTable settings of the table that is to be made with it
   * @param changedTable what the job makes of the settings of a table that is there
   */
  record Translated(
      JobDefinition definition,
      Optional<TableSettings> newTable,
      Optional<TableSettings> changedTable) {}

  /**
   * @param newTableId of a table that has to be made
   * @param now that expressions see
   * @throws PolarisError with everything that is wrong
   */
  static Translated translate(
      JsonNode json, CatalogObject project, UUID newTableId, References references, Instant now) {
    BatchTranslator translator = new BatchTranslator(json, references, now);
    translator.type();
    Optional<Translated> translated = translator.job(project, newTableId);
    translator.problems.refuse("job");
    return translated.orElseThrow();
  }

  /** Of what is no batch job nothing else is looked at. */
  private void type() {
    Optional<String> type = body.requiredText("type");
    String given = type.orElse("batch");
    switch (given) {
      case "batch" -> {}
      case "sql" -> unsupportedType(given, "Use batch.");
      case "streaming" -> unsupportedType(given, "Use batch, again for new objects.");
      case "delete_data", "restore_data" -> unsupportedType(given, "Use a replace job.");
      case "drop_table" -> unsupportedType(given, "Use DELETE /tables/{tableName}.");
      default ->
          body.bad("type", "Unknown type \"" + given + "\"." + NearestName.hint(given, TYPES));
    }
    if (type.isPresent() && !given.equals("batch")) {
      problems.refuse("job");
    }
  }

  private void unsupportedType(String type, String instead) {
    body.unsupported("type", "Jobs of type " + type + " are not supported. " + instead);
  }

  private Optional<Translated> job(CatalogObject project, UUID newTableId) {
    body.allowOnly(KNOWN);
    Target target = Target.read(body, project, newTableId, references);
    Optional<Partitioning> partitioning = target.partitioning();
    Fields source = body.object("source", true);
    SourceTranslation from = SourceTranslation.read(source, references);
    ContextKeys context = ContextKeys.read(body.object("context", false));
    Optional<TransformSpec> transform =
        new Mappings(body, target, from, context, new SessionSettings(context.zone(), now))
            .transform();
    List<String> clustering = Clustering.read(body, target, transform);
    transform.ifPresent(spec -> checkResolution(target, spec, partitioning));
    long maxRejects = body.integer("maxParseExceptions", -1, Integer.MAX_VALUE, Integer.MAX_VALUE);
    Optional<LoadRules.Replacement> replaces = Replacements.read(body, partitioning);
    if (!problems.isEmpty() || from.source().isEmpty() || transform.isEmpty()) {
      return Optional.empty();
    }
    TableRef table = target.table().orElseThrow();
    LoadRules rules =
        new LoadRules(
            maxRejects < 0 || maxRejects == Integer.MAX_VALUE
                ? OptionalLong.empty()
                : OptionalLong.of(maxRejects),
            context.needsTime(),
            context.needsRows(),
            context.maxSlots(),
            replaces.map(r -> new LoadRules.Replacement(r.intervals(), context.emptyReplace())),
            context.countsWarnings(),
            Optional.of(LIMITS));
    return Optional.of(
        new Translated(
            new JobDefinition(
                table,
                "",
                withRules(transform.get(), replaces),
                from.source().get(),
                new PartitionLimits(
                    context.rowsPerFile(),
                    partitioning.orElseThrow().fileSpan(),
                    MAX_OPEN,
                    Optional.empty(),
                    Clustering.mapped(clustering, transform.get())),
                1,
                context.failurePolicy(),
                PublishMode.JOB,
                false,
                Optional.of(rules),
                Optional.empty()),
            target.isNew()
                ? Optional.of(newTable(target.settings(), transform.get()).clustered(clustering))
                : Optional.empty(),
            changed(target, transform.get())));
  }

  /** Which columns are measures is known of aggregate tables alone, and only if they say so. */
  private static TableSettings newTable(TableSettings plain, TransformSpec transform) {
    return transform.rollup().isPresent()
        ? plain.aggregate(plain.timeResolution()).declaring(transform)
        : plain;
  }

  private static Optional<TableSettings> changed(Target target, TransformSpec transform) {
    if (target.isNew() || !target.settings().aggregate()) {
      return Optional.empty();
    }
    TableSettings declaring = target.settings().declaring(transform);
    return Optional.of(declaring).filter(settings -> !settings.equals(target.settings()));
  }

  private void checkResolution(
      Target target, TransformSpec transform, Optional<Partitioning> partitioning) {
    TimeResolution resolution = target.settings().timeResolution();
    if (transform.rollup().isPresent()
        && partitioning.filter(one -> !resolution.fits(one)).isPresent()) {
      body.bad(
          "partitionedBy",
          "The table's time resolution %s does not fit into %s partitioning."
              .formatted(resolution.wireName(), partitioning.get().wireName()));
    }
  }

  /** Rows outside of what is replaced are filtered. */
  private static TransformSpec withRules(
      TransformSpec transform, Optional<LoadRules.Replacement> replaces) {
    List<TimeSpan> spans = replaces.map(LoadRules.Replacement::intervals).orElse(List.of());
    if (spans.isEmpty()) {
      return transform;
    }
    return transform.withRowRules(
        new RowRules(List.of(), List.of(), Optional.empty(), Optional.empty(), spans));
  }
}
