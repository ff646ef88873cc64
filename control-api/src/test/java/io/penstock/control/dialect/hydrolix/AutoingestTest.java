package io.penstock.control.dialect.hydrolix;

import static io.penstock.control.dialect.hydrolix.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.arrivals.Feed;
import io.penstock.control.arrivals.Stream;
import io.penstock.control.arrivals.StreamKey;
import io.penstock.control.arrivals.Subscription;
import io.penstock.control.dialect.hydrolix.TestApi.Reply;
import io.penstock.control.job.JobDefinition;
import io.penstock.control.job.JobRequest;
import io.penstock.control.job.Principal;
import io.penstock.spec.FailurePolicy;
import io.penstock.spec.ObjectSelection;
import io.penstock.spec.PartitionLimits;
import io.penstock.spec.TimeLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the settings of tables ask for, and how it is shown. */
final class AutoingestTest {
  private static final String TRANSFORM =
      """
      {"name": "events", "type": "json", "settings": {"is_default": true, "output_columns": [
        {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s"}},
        {"name": "id", "datatype": {"type": "int64"}}]}}""";

  @TempDir static Path folder;
  private static TestApi api;

  @BeforeAll
  static void start() {
    api = TestApi.start(folder);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  /** A table with a default transform and these entries. */
  private static String table(String name, String entries) {
    String table = api.table("p" + name, name);
    api.made(table + "/transforms", TRANSFORM);
    assertThat(patch(table, entries).status()).isEqualTo(200);
    return table;
  }

  private static Reply patch(String table, String entries) {
    return api.send("PATCH", table, "{\"settings\": {\"autoingest\": " + entries + "}}");
  }

  private static UUID id(String table) {
    return UUID.fromString(table.replaceAll(".*/", ""));
  }

  private static List<Subscription> of(String table) {
    return api.autoingest.all().stream()
        .filter(one -> one.table().tableId().equals(id(table)))
        .toList();
  }

  @Test
  void anEntryBecomesAJobThatHasNoEnd() {
    String table =
        table(
            "limits",
            """
            [{"enabled": true, "source": "s3://landing/orders/", "pattern": "\\\\.gz$", "max_rows_per_partition": 7,
              "max_minutes_per_partition": 30, "max_active_partitions": 3, "input_aggregation": 1}]""");

    Subscription made = of(table).get(0);
    JobDefinition definition = made.loading().of("landing").definition().orElseThrow();
    assertThat(made.takes().test("s3://landing/orders/a.gz")).isTrue();
    assertThat(made.takes().test("s3://landing/orders/a.gz.tmp")).isFalse();
    assertThat(definition.continuous()).isTrue();
    assertThat(definition.limits())
        .isEqualTo(new PartitionLimits(7, Duration.ofMinutes(30), 3, Optional.empty()));
    assertThat(definition.failurePolicy()).isEqualTo(FailurePolicy.SKIP_OBJECT);
    assertThat(definition.effectiveRules().maxSlots()).isEqualTo(OptionalInt.of(1));
    assertThat(((Feed.Prefix) made.feed()).source().selection())
        .isEqualTo(new ObjectSelection.Prefix("orders/"));
  }

  /** Whatever "now" is when an object comes. */
  @Test
  void rowsOfTheFutureAreThoseAheadOfTheirTask() {
    String table = table("future", "[{\"enabled\": true, \"source\": \"sqs://arrived\"}]");
    api.send("PATCH", table, "{\"settings\": {\"max_future_days\": 2}}");

    TimeLimits limits =
        of(table)
            .get(0)
            .loading()
            .of("landing")
            .definition()
            .orElseThrow()
            .transform()
            .columns()
            .get(0)
            .effectiveRules()
            .timeLimits()
            .orElseThrow();
    assertThat(limits.notAfter()).isEmpty();
    assertThat(limits.maxAhead()).contains(Duration.ofDays(2));
  }

  @Test
  void entriesAreToldApartByNameOrSourceWhateverTheirOrder() {
    String table =
        table(
            "several",
            """
            [{"source": "sqs://q"}, {"name": "mine", "source": "sqs://q"}, {"source": "sqs://q", "pattern": "x"},
             {"source": ""}, {"enabled": true, "source": "sqs://other.fifo", "source_region": "eu-west-1"}]""");

    assertThat(of(table))
        .extracting(Subscription::entry)
        .containsExactly("sqs://q", "mine", "sqs://q #2", "sqs://other.fifo");
    assertThat(of(table).get(3).feed())
        .isEqualTo(new Feed.Queue("other.fifo", Optional.of("eu-west-1"), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|source|Must be sqs://queue, or s3://bucket/prefix/",
        "sqs://q\",\"source_region\":\"evil.example/|source|Not a valid region.",
        "pubsub://p/s|source|Must be sqs://queue, or s3://bucket/prefix/",
        "gs://landing/x/|source|Must be sqs://queue, or s3://bucket/prefix/",
        "s3://landing/x|source|Must be sqs://queue, or s3://bucket/prefix/",
        "sqs://a/b|source|Must be sqs://queue, or s3://bucket/prefix/",
        "s3://secret/x/|source|This bucket is not allowed as a source.",
      })
  void aSourceThatCannotBeReadIsNotEnabled(String source, String field, String message) {
    String table = api.table("refused-" + source.replaceAll("\\W", "-"), "refused");
    api.made(table + "/transforms", TRANSFORM);
    String entry = "[{\"enabled\": %s, \"source\": \"" + source + "\"}]";

    assertThat(patch(table, entry.formatted("false")).status()).isEqualTo(200);
    Reply refused = patch(table, entry.formatted("true"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/settings/autoingest/0/" + field + "/0").asText())
        .startsWith(message);
  }

  @Test
  void aTransformThatCannotBeExecutedIsNotEnabled() {
    String table = api.table("unable", "unable");
    api.made(
        table + "/transforms",
        TRANSFORM.replace("\"is_default\"", "\"sql_transform\": \"SELECT 1\", \"is_default\""));

    Reply refused = patch(table, "[{\"enabled\": true, \"source\": \"sqs://arrived\"}]");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/settings/autoingest/0/transform/0").asText())
        .isEqualTo(
            "The transform's sql_transform cannot be executed: A query reads from {STREAM} alone.");
  }

  @Test
  void aBucketThatMayNotBeReadIsNotReadWhoeverTellsOfIt() {
    String table = table("told", "[{\"enabled\": true, \"source\": \"sqs://arrived\"}]");

    assertThat(of(table).get(0).loading().of("secret").definition()).isEmpty();
    assertThat(of(table).get(0).loading().of("secret").problems())
        .containsExactly("This bucket is not allowed as a source.");
  }

  @Test
  void howItIsDoingIsShownAndItsJobIsNoneOfTheBatchJobs() {
    String table =
        table(
            "shown",
            "[{\"enabled\": true, \"source\": \"s3://landing/in/\"}, {\"enabled\": false}]");
    JsonNode before = api.get(table + "/autoingest/").json();
    assertThat(before.findValuesAsText("state")).containsExactly("waiting", "disabled");
    Subscription subscription = of(table).get(0);
    api.streams.open(new StreamKey(api.organization, id(table), subscription.entry(), "landing"));
    Stream stream = api.streams.of(id(table)).get(0);
    api.jobs.create(
        new JobRequest(
            stream.id(),
            api.organization,
            "autoingest-" + stream.id(),
            Optional.empty(),
            "autoingest",
            "{}",
            subscription.loading().of("landing").definition().orElseThrow(),
            new Principal(UUID.randomUUID(), "autoingest")));

    JsonNode shown = api.get(table + "/autoingest").json().get(0);
    assertThat(shown.path("state").asText()).isEqualTo("starting");
    assertThat(shown.path("lag_seconds").asLong()).isZero();
    assertThat(shown.at("/jobs/0/status").asText()).isEqualTo("ready");
    assertThat(shown.at("/counters"))
        .isEqualTo(
            json(
                """
                {"files_waiting": 0, "files_done": 0, "files_skipped": 0, "bytes_read": 0, "rows_read": 0, "rows_written": 0,
                 "rows_filtered": 0, "rows_rejected": 0, "partitions": 0, "files_unmatched": 0}"""));
    String job = "/jobs/batch/" + shown.at("/jobs/0/uuid").asText();
    assertThat(api.get("/jobs/batch/").json().findValuesAsText("uuid"))
        .doesNotContain(stream.id().toString());
    assertThat(api.get(job).status()).isEqualTo(404);
    assertThat(api.send("POST", job + "/cancel", "").status()).isEqualTo(404);
    assertThat(api.get(job + "/tasks").status()).isEqualTo(200);
    assertThat(api.send("POST", "/purgejobs", "").json().at("/purged_jobs/0").asInt()).isZero();
  }
}
