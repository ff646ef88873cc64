package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.penstock.control.http.Requests;
import io.penstock.control.job.JobDefinition;
import io.penstock.control.job.JobRequest;
import io.penstock.control.job.Principal;
import io.penstock.control.job.PublishMode;
import io.penstock.control.job.TableRef;
import io.penstock.spec.FailurePolicy;
import io.penstock.spec.PartitionLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Translates the body of a create to a job, noting everything that is wrong with it. */
final class BatchJobTranslator {
  private static final int MAX_PATTERN = 1_000;

  private static final Set<String> READ_ONLY =
      Set.of("created", "modified", "status", "org", "details", "created_by_user");

  private final Violations violations;
  private final References references;
  private final Instant now;
  private final ObjectNode echo = JsonNodeFactory.instance.objectNode();

  private BatchJobTranslator(Violations violations, References references, Instant now) {
    this.violations = violations;
    this.references = references;
    this.now = now;
  }

  /**
   * @param newId for a job that brings none
   * @param now beyond which times lie in the future
   * @throws Refused with everything that is wrong
   */
  static JobRequest translate(
      JsonNode json,
      UUID organization,
      Principal caller,
      UUID newId,
      References references,
      Instant now) {
    Violations violations = new Violations();
    if (!json.isObject()) {
      violations.add("non_field_errors", "The body must be a JSON object.");
      throw new Refused(violations);
    }
    BatchJobTranslator translator = new BatchJobTranslator(violations, references, now);
    Body body = new Body(json, "", violations);
    Set<String> known = new HashSet<>(READ_ONLY);
    known.addAll(Set.of("name", "description", "uuid", "type", "settings"));
    body.allowOnly(known);
    String type = body.requiredText("type", 256);
    if (!type.isEmpty() && !type.equals("batch_import")) {
      body.wrong("type", "\"" + type + "\" is not a valid choice.");
    }
    UUID id = body.text("uuid", 36).flatMap(text -> translator.uuid(body, text)).orElse(newId);
    String name =
        body.text("name", Shapes.MAX_NAME).orElse("batch-" + id.toString().substring(0, 8));
    Names.check(name, violations);
    Optional<String> description = body.text("description", Shapes.MAX_DESCRIPTION);
    Optional<JobDefinition> definition = translator.definition(body.object("settings"));
    if (!violations.isEmpty()) {
      throw new Refused(violations);
    }
    return new JobRequest(
        id,
        organization,
        name,
        description,
        HydrolixDialect.NAME,
        translator.echo.toString(),
        definition.orElseThrow(),
        caller);
  }

  private Optional<UUID> uuid(Body body, String text) {
    Optional<UUID> id = Requests.uuid(text);
    if (id.isEmpty()) {
      body.wrong("uuid", "Must be a valid UUID.");
    }
    return id;
  }

  private Optional<JobDefinition> definition(Body settings) {
    settings.allowOnly(
        Set.of(
            "max_active_partitions",
            "max_rows_per_partition",
            "max_minutes_per_partition",
            "input_concurrency",
            "input_aggregation",
            "max_files",
            "dry_run",
            "regex_filter",
            "source"));
    long active = settings.integer("max_active_partitions", 1, 100_000, 576);
    long rows = settings.integer("max_rows_per_partition", 1, Integer.MAX_VALUE, 33_554_432);
    long minutes = settings.integer("max_minutes_per_partition", 1, 52_560_000, 15);
    long concurrency = settings.integer("input_concurrency", 1, 10_000, 1);
    long aggregation = settings.integer("input_aggregation", 0, 1L << 50, 1_536_000_000L);
    long files = settings.integer("max_files", 0, Long.MAX_VALUE / 10, 0);
    boolean dryRun = settings.truth("dry_run", false);
    String filter = settings.text("regex_filter", MAX_PATTERN).orElse("");
    checkPattern(settings, filter);
    Body source = settings.object("source");
    source.allowOnly(Set.of("table", "type", "subtype", "transform", "settings"));
    String sourceType = source.text("type", 64).orElse("batch");
    if (!sourceType.equals("batch")) {
      source.wrong("type", "\"" + sourceType + "\" is not a valid choice.");
    }
    Optional<TableRef> table = table(source);
    String transformName = source.text("transform", 256).orElse("");
    Optional<ChosenTransform> transform = table.flatMap(t -> transform(source, t, transformName));
    Optional<JobDefinition.Source> from =
        new SourceTranslator(source.object("settings"), references)
            .translate(filter, files, aggregation);
    echo.put("max_active_partitions", active)
        .put("max_rows_per_partition", rows)
        .put("max_minutes_per_partition", minutes)
        .put("input_concurrency", concurrency)
        .put("input_aggregation", aggregation)
        .put("max_files", files)
        .put("dry_run", dryRun)
        .put("regex_filter", filter)
        .set("source", SourceTranslator.echoed(settings.get("source")));
    if (!violations.isEmpty() || transform.isEmpty() || from.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new JobDefinition(
            table.orElseThrow(),
            transformName,
            transform.get().spec().orElseThrow(),
            from.get(),
            new PartitionLimits(
                rows,
                Duration.ofMinutes(minutes),
                (int) active,
                transform.get().shardColumn(),
                transform.get().sortColumns()),
            (int) concurrency,
            FailurePolicy.FAIL_TASK,
            PublishMode.TASK,
            dryRun,
            Optional.empty(),
            Optional.of(transform.get().warnings()).filter(all -> !all.isEmpty())));
  }

  private static void checkPattern(Body settings, String filter) {
    try {
      Pattern.compile(filter);
    } catch (PatternSyntaxException e) {
      settings.wrong("regex_filter", "Not a valid regular expression: " + e.getMessage() + ".");
    }
  }

  private Optional<TableRef> table(Body source) {
    String name = source.requiredText("table", 256);
    Optional<TableRef> table = name.isEmpty() ? Optional.empty() : references.table(name);
    if (!name.isEmpty() && table.isEmpty()) {
      source.wrong("table", "Table \"" + name + "\" was not found.");
    }
    return table;
  }

  private Optional<ChosenTransform> transform(Body source, TableRef table, String name) {
    ChosenTransform chosen = ChosenTransform.of(references, table, name, Optional.of(now));
    chosen.reasons().forEach(reason -> source.wrong("transform", reason));
    return Optional.of(chosen).filter(one -> one.spec().isPresent());
  }
}
