package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.penstock.control.arrivals.Feed;
import io.penstock.control.arrivals.Subscription.Made;
import io.penstock.control.http.Requests;
import io.penstock.control.job.JobDefinition;
import io.penstock.control.job.LoadRules;
import io.penstock.control.job.PublishMode;
import io.penstock.control.job.TableRef;
import io.penstock.spec.FailurePolicy;
import io.penstock.spec.ObjectSelection;
import io.penstock.spec.PartitionLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * An entry of a table's {@code autoingest}. Pure.
 *
 * @param id its name or source; of several alike the later ones have a number behind it
 * @param json its settings, complete
 */
record AutoingestEntry(String id, JsonNode json) {
  private static final String SOURCE =
      "Must be sqs://queue, or s3://bucket/prefix/ to look into the bucket itself.";

  private static final Pattern QUEUE = Pattern.compile("sqs://([A-Za-z0-9_-]{1,80}(?:\\.fifo)?)");

  /** It becomes a part of a host's name. */
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");

  /**
   * @param settings of a table
   */
  static List<AutoingestEntry> of(JsonNode settings) {
    List<AutoingestEntry> entries = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode json : settings.path("autoingest")) {
      String name = json.path("name").asText("");
      String own = name.isEmpty() ? source(json) : name;
      String id = own;
      for (int number = 2; !ids.add(id); number++) {
        id = own + " #" + number;
      }
      entries.add(new AutoingestEntry(id, json));
    }
    return entries;
  }

  private static String source(JsonNode json) {
    return json.path("source").asText("");
  }

  boolean enabled() {
    return json.path("enabled").asBoolean(false);
  }

  /** Empty for the table's default. */
  String transform() {
    return json.hasNonNull("transform") ? json.path("transform").asText() : "";
  }

  /** Searched for in an object's URL. */
  Pattern pattern() {
    return Pattern.compile(json.path("pattern").asText(""));
  }

  /** Where its objects come from; empty if they cannot come from there, see {@link #problems}. */
  Optional<Feed> feed(References references) {
    return feed(references, new Violations());
  }

  /** Why its objects cannot come from its source, in full sentences. */
  List<String> problems(References references) {
    Violations violations = new Violations();
    if (feed(references, violations).isEmpty() && violations.isEmpty()) {
      return List.of(SOURCE);
    }
    return violations.messages();
  }

  private Optional<Feed> feed(References references, Violations violations) {
    Optional<String> region =
        Optional.of(json.path("source_region").asText("")).filter(text -> !text.isEmpty());
    if (region.filter(name -> !REGION.matcher(name).matches()).isPresent()) {
      violations.add("source_region", "Not a valid region.");
      return Optional.empty();
    }
    Matcher queue = QUEUE.matcher(source(json));
    if (queue.matches()) {
      return Optional.of(
          new Feed.Queue(queue.group(1), region, connection("source_credential_id")));
    }
    if (SourceUrl.parse(source(json))
        .filter(url -> url.scheme().equals("s3"))
        .filter(url -> url.selection() instanceof ObjectSelection.Prefix)
        .isEmpty()) {
      return Optional.empty();
    }
    return source(source(json), region, references, violations).map(Feed.Prefix::new);
  }

  private Optional<UUID> connection(String field) {
    return Requests.uuid(json.path(field).asText(""));
  }

  private Optional<JobDefinition.Source> source(
      String url, Optional<String> region, References references, Violations violations) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode().put("url", url);
    region.ifPresent(name -> settings.put("region", name));
    connection("bucket_credential_id")
        .ifPresent(id -> settings.put("credential_id", id.toString()));
    return new SourceTranslator(new Body(settings, "", violations), references)
        .translate("", 0, 0)
        .filter(source -> violations.isEmpty());
  }

  /**
   * How objects of a bucket are loaded.
   *
   * @param slots of Flink that the job takes, for as long as it is enabled
   */
  Made loading(TableRef table, String bucket, Feed feed, References references, int slots) {
    Violations violations = new Violations();
    Optional<JobDefinition.Source> from =
        feed instanceof Feed.Prefix prefix
            ? Optional.of(prefix.source())
            : source("s3://" + bucket + "/", Optional.empty(), references, violations);
    ChosenTransform transform =
        ChosenTransform.of(references, table, transform(), Optional.empty());
    List<String> problems = new ArrayList<>(transform.reasons());
    violations.messages().forEach(problems::add);
    if (!problems.isEmpty() || from.isEmpty()) {
      return new Made(Optional.empty(), problems);
    }
    return new Made(Optional.of(definition(table, transform, from.get(), slots)), List.of());
  }

  private JobDefinition definition(
      TableRef table, ChosenTransform transform, JobDefinition.Source from, int slots) {
    return new JobDefinition(
        table,
        transform(),
        transform.spec().orElseThrow(),
        new JobDefinition.Source(
            from.connection(),
            from.endpoint(),
            from.region(),
            from.urlScheme(),
            from.bucket(),
            new ObjectSelection.Arrivals(),
            "",
            0,
            0),
        new PartitionLimits(
            json.path("max_rows_per_partition").asLong(),
            Duration.ofMinutes(json.path("max_minutes_per_partition").asLong()),
            json.path("max_active_partitions").asInt(),
            transform.shardColumn(),
            transform.sortColumns()),
        1,
        FailurePolicy.SKIP_OBJECT,
        PublishMode.TASK,
        json.path("dry_run").asBoolean(false),
        Optional.of(
            new LoadRules(
                OptionalLong.empty(), false, false, OptionalInt.of(slots), Optional.empty())),
        Optional.of(transform.warnings()).filter(all -> !all.isEmpty()));
  }
}
