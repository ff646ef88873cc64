package io.penstock.control.dialect.polaris;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.http.ServedApi;
import io.penstock.control.http.ServedApi.Reply;
import io.penstock.control.job.CancelReceipt;
import io.penstock.control.job.FailureKind;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobChanges;
import io.penstock.control.job.Principal;
import io.penstock.control.job.Progress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs in every state, as they are shown, listed and changed. */
final class JobRoutesTest {
  private static final Instant NOW = Instant.parse("2030-06-03T10:15:00Z");
  private static final Principal ENGINE = new Principal(UUID.randomUUID(), "engine");
  private static final CancelReceipt RECEIPT = new CancelReceipt(0, 0, 1, true, "Stopped.");

  @TempDir static Path folder;
  private static PolarisApi api;

  @BeforeAll
  static void serve() {
    api = PolarisApi.start(folder);
    api.connection("acme-raw", "acme-raw", "");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static Job created(String table) {
    JsonNode made =
        api.made(
            "/jobs",
            """
            {'type': 'batch', 'target': {'type': 'table', 'tableName': '%s'},
             'createTableIfNotExists': true,
             'source': {'type': 's3', 'connectionName': 'acme-raw', 'prefixes': ['x/'],
               'formatSettings': {'format': 'nd-json'},
               'inputSchema': [{'name': 'at', 'dataType': 'timestamp'}]},
             'mappings': [{'columnName': '__time', 'expression': '\\'at\\''}]}"""
                .formatted(table));
    return find(made.path("id").asText());
  }

  private static Job find(String id) {
    return api.served.jobs().find(api.organization(), UUID.fromString(id)).orElseThrow();
  }

  private static Job saved(Job job) {
    return api.served.store().update(job, "engine", "");
  }

  private static Job running(String table) {
    return saved(JobChanges.running(saved(JobChanges.submitting(created(table), NOW)), NOW));
  }

  private static Job stopped(Job running) {
    return saved(JobChanges.canceled(running, NOW, Progress.NONE, RECEIPT, Optional.empty()));
  }

  /** A new job in the state that the product calls so. */
  private static Job in(String status) {
    String table = "t_" + status;
    return switch (status) {
      case "pending" -> created(table);
      case "running" -> running(table);
      case "unknown" -> saved(JobChanges.reconciling(running(table), NOW));
      case "completed" -> saved(JobChanges.finished(running(table), NOW, Progress.NONE, List.of()));
      case "failed" ->
          saved(
              JobChanges.failed(
                  running(table),
                  NOW,
                  Progress.NONE,
                  FailureKind.SOURCE_UNREACHABLE,
                  List.of("s3://acme-raw/x/a does not exist")));
      case "canceled" -> stopped(JobChanges.cancelRequested(running(table), NOW, ENGINE));
      case "suspended" -> stopped(JobChanges.pauseRequested(running(table), NOW, ENGINE));
      default -> throw new IllegalArgumentException(status);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "pending, canceled, 200, pending, canceled",
    "pending, suspended, 200, pending, suspended",
    "pending, running, 200, pending, running",
    "running, canceled, 200, running, canceled",
    "running, suspended, 200, running, suspended",
    "running, running, 200, running, running",
    "unknown, canceled, 200, unknown, canceled",
    "unknown, suspended, 200, unknown, suspended",
    "unknown, running, 200, unknown, running",
    "suspended, canceled, 200, canceled, canceled",
    "suspended, suspended, 200, suspended, suspended",
    "suspended, running, 200, pending, running",
    "canceled, canceled, 200, canceled, canceled",
    "canceled, suspended, 400, canceled, canceled",
    "canceled, running, 200, pending, running",
    "failed, canceled, 400, failed, running",
    "failed, suspended, 400, failed, running",
    "failed, running, 200, pending, running",
    "completed, canceled, 400, completed, running",
    "completed, suspended, 400, completed, running",
    "completed, running, 200, completed, running",
  })
  void aJobIsChangedAsItsStateAllows(
      String before, String wanted, int status, String after, String desired) {
    String path = "/jobs/" + in(before).id();
    String body = "{'desiredExecutionStatus': '" + wanted + "'}";

    Reply first = api.send("PUT", path, body);
    Reply again = api.send("POST", path + "/status", body);

    assertThat(first.status()).isEqualTo(status);
    assertThat(again.status()).isEqualTo(status);
    if (status == 400) {
      assertThat(first.body().path("code").asText()).isEqualTo("StateConflict");
      assertThat(first.body().path("target").asText()).isEqualTo("desiredExecutionStatus");
    } else {
      assertThat(again.body()).isEqualTo(PolarisApi.parsed("{'executionStatus': '" + after + "'}"));
    }
    JsonNode job = api.get(path);
    assertThat(job.path("executionStatus").asText()).isEqualTo(after);
    assertThat(job.path("desiredExecutionStatus").asText()).isEqualTo(desired);
    assertThat(api.get(path + "/status").path("executionStatus").asText()).isEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'desiredExecutionStatus': null}",
        "{'desiredExecutionStatus': 'stopped'}",
        "{'desiredExecutionStatus': 1}"
      })
  void anyOtherWishIsWrong(String body) {
    Reply reply = api.send("PUT", "/jobs/" + in("pending").id(), body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().path("code").asText()).isEqualTo("BadArgument");
  }

  @Test
  void aSuspendedJobIsWellAndNotCompleted() {
    JsonNode job = api.get("/jobs/" + in("suspended").id());

    assertThat(job.path("health")).isEqualTo(PolarisApi.parsed("{'status': 'ok'}"));
    assertThat(job.has("completedTimestamp")).isFalse();
  }

  @Test
  void aCanceledJobSaysByWhom() {
    Job job = running("t");
    api.send("PUT", "/jobs/" + job.id(), "{'desiredExecutionStatus': 'canceled'}");
    stopped(find(job.id().toString()));

    JsonNode shown = api.get("/jobs/" + job.id());

    assertThat(shown.at("/health/code").asText()).isEqualTo("canceled");
    assertThat(shown.at("/health/message").asText())
        .isEqualTo("Canceled by " + shown.at("/lastModifiedBy/username").asText() + ".");
    assertThat(shown.has("completedTimestamp")).isTrue();
  }

  @Test
  void aFailureHasItsCodeAndItsReason() {
    JsonNode health = api.get("/jobs/" + in("failed").id()).path("health");

    assertThat(health.path("status").asText()).isEqualTo("error");
    assertThat(health.path("code").asText()).isEqualTo("could_not_connect_to_source");
    assertThat(health.path("message").asText()).isEqualTo("s3://acme-raw/x/a does not exist");
    assertThat(health.at("/log/healthStatus").asText()).isEqualTo("error");
    assertThat(health.at("/log/code")).isEqualTo(health.path("code"));
    assertThat(health.at("/log/message")).isEqualTo(health.path("message"));
    assertThat(health.at("/log/timestamp").asText()).endsWith("Z");
  }

  @Test
  void metricsAndProgressOfAJobThatHasNotBegunAreZero() {
    String path = "/jobs/" + in("pending").id();

    assertThat(api.get(path + "/metrics").path("totals"))
        .isEqualTo(
            PolarisApi.parsed(
                "{'numRowsProcessed': 0, 'numRowsProcessedWithWarning': 0,"
                    + " 'numRowsSkippedByFilter': 0, 'numRowsSkippedByError': 0,"
                    + " 'numRowsPersisted': 0, 'numBytesProcessed': 0}"));
    assertThat(api.get(path + "/progress").path("overallProgress").asDouble()).isZero();
  }

  @Test
  void onlyStreamingJobsAreReset() {
    Reply reply = api.send("POST", "/jobs/" + in("pending").id() + "/reset", "");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().path("code").asText()).isEqualTo("BadArgument");
  }

  @Test
  void aListIsFilteredSortedAndPaged() {
    Job a = created("l_a");
    Job b = created("l_b");
    Job c = saved(JobChanges.running(saved(JobChanges.submitting(created("l_c"), NOW)), NOW));
    String list = "/jobs?targetTableName=l_a&targetTableName=l_b&targetTableName=l_c";

    assertThat(ids(list)).containsExactly(c.id(), b.id(), a.id());
    assertThat(ids(list + "&sortOrder=ASC&sortColumn=created_date_time"))
        .containsExactly(a.id(), b.id(), c.id());
    assertThat(ids(list + "&sortColumn=target_table_name&sortOrder=ASC&paginationLimit=2"))
        .containsExactly(a.id(), b.id());
    assertThat(ids(list + "&sortColumn=target_table_name&sortOrder=ASC&paginationOffset=2"))
        .containsExactly(c.id());
    assertThat(ids(list + "&executionStatus=running&executionStatus=idle")).containsExactly(c.id());
    assertThat(
            ids(
                list
                    + "&executionStatus=running&targetTableId="
                    + a.definition().table().tableId()))
        .isEmpty();
    assertThat(ids(list + "&searchString=L_B")).containsExactly(b.id());
    assertThat(ids(list + "&type=sql")).isEmpty();
    assertThat(ids(list + "&healthStatus=ok&connectionName=acme-raw&type=batch")).hasSize(3);
    assertThat(ids(list + "&connectionName=other")).isEmpty();
    assertThat(api.get(list + "&paginationLimit=2").path("moreResultsAvailable").asBoolean())
        .isTrue();
    assertThat(api.get(list + "&paginationLimit=3").path("moreResultsAvailable").isBoolean())
        .isTrue();
    assertThat(api.get(list + "&paginationLimit=3").path("moreResultsAvailable").asBoolean())
        .isFalse();
  }

  private static List<UUID> ids(String path) {
    return StreamSupport.stream(api.get(path).path("values").spliterator(), false)
        .map(job -> UUID.fromString(job.path("id").asText()))
        .toList();
  }

  @Test
  void aSummaryHasNoSpecAndAReducedSource() {
    created("summary");

    JsonNode summary = api.get("/jobs?targetTableName=summary").path("values").path(0);

    assertThat(summary.path("source"))
        .isEqualTo(PolarisApi.parsed("{'type': 's3', 'connectionName': 'acme-raw'}"));
    assertThat(summary.has("spec")).isFalse();
    assertThat(summary.has("mappings")).isFalse();
  }

  @Test
  void aJobMadeInHydrolixIsOneOfTheProject() {
    String org = api.served.organization();
    String tables = org + "/projects/" + api.project + "/tables";
    String table =
        api.served
            .call("POST", tables, PolarisApi.json("{'name': 'hydro'}"))
            .body()
            .path("uuid")
            .asText();
    api.served.call(
        "POST",
        tables + "/" + table + "/transforms",
        PolarisApi.json(
            "{'name': 'events', 'type': 'json', 'settings': {'is_default': true,"
                + " 'output_columns': [{'name': 'at', 'datatype': {'type': 'datetime', 'primary':"
                + " true, 'format': '2006-01-02T15:04:05Z'}}]}}"));
    ServedApi.Reply made =
        api.served.call(
            "POST",
            org + "/jobs/batch",
            PolarisApi.json(
                "{'name': 'nightly', 'type': 'batch_import', 'settings': {'source': {'type':"
                    + " 'batch', 'subtype': 'aws s3', 'table': 'p-7f3.hydro', 'settings': {'url':"
                    + " 's3://acme-raw/in/'}}}}"));
    assertThat(made.status()).as(made.body().toString()).isEqualTo(201);

    JsonNode job = api.get("/jobs/" + made.body().path("uuid").asText());

    assertThat(job.at("/target/tableName").asText()).isEqualTo("hydro");
    assertThat(job.at("/mappings/0/columnName").asText()).isEqualTo("__time");
    assertThat(job.at("/spec/source/prefixes/0").asText()).isEqualTo("in/");
    assertThat(api.get("/tables/hydro").path("type").asText()).isEqualTo("detail");
  }
}
