package io.penstock.control.dialect.posthog;

import static io.penstock.control.dialect.posthog.PosthogApi.BE;
import static io.penstock.control.dialect.posthog.PosthogApi.KB;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.export.ExportLog.Level;
import io.penstock.control.export.RunFailure.Cause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs and logs. Numbers are those of the contract's cases. */
@ExtendWith(Cases.class)
final class RunRoutesTest {
  private PosthogApi api;
  private String export;

  @BeforeEach
  void start() {
    api = new PosthogApi();
    export = api.export(api.s("{}"));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private List<String> statuses(String query) {
    List<String> statuses = new ArrayList<>();
    api.get(export + "/runs/" + query)
        .path("results")
        .forEach(run -> statuses.add(run.path("status").asText()));
    return statuses;
  }

  private static void refused(PosthogApi.Reply reply, int status, String detail) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.body().path("detail").asText()).isEqualTo(detail);
  }

  private static List<String> keys(JsonNode json) {
    List<String> keys = new ArrayList<>();
    json.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  @Test
  void cases_78_79_aListHasNoCount() {
    api.runUntil("2026-01-01T13:30:00Z");

    JsonNode list = api.get(export + "/runs/");

    assertThat(keys(list)).containsExactlyInAnyOrder("next", "previous", "results");
    JsonNode run = list.path("results").path(0);
    assertThat(keys(run))
        .containsExactly(
            "id",
            "batch_export",
            "batch_export_on_demand",
            "backfill",
            "status",
            "data_interval_start",
            "data_interval_end",
            "records_completed",
            "records_failed",
            "records_total_count",
            "bytes_exported",
            "latest_error",
            "cursor",
            "created_at",
            "finished_at",
            "last_updated_at");
    assertThat(run.path("records_completed").asLong()).isEqualTo(10);
    assertThat(api.get(export + "/runs/" + run.path("id").asText() + "/")).isEqualTo(run);
    assertThat(api.send("GET", export + "/runs/", "", KB).status()).isEqualTo(403);
    assertThat(api.get(export.replace("projects/1", "projects/2") + "/runs/").path("results"))
        .isEmpty();
    assertThat(api.get(export).path("latest_runs").path(0)).isEqualTo(run);
    JsonNode files = api.get(export + "/runs/" + run.path("id").asText() + "/files/");
    assertThat(files.at("/files/0/rows").asLong()).isEqualTo(10);
  }

  @Test
  void case_80_aRunThatRunsCanBeCancelled() {
    api.executor.block();
    api.runUntil("2026-01-01T13:00:05Z");
    assertThat(statuses("")).containsExactly("Running");
    String run = api.get(export + "/runs").at("/results/0/id").asText();

    PosthogApi.Reply cancelled = api.send("POST", export + "/runs/" + run + "/cancel/", "{}");

    assertThat(cancelled.text()).isEqualTo("{\"cancelled\":true}");
    JsonNode after = api.get(export + "/runs").path("results").path(0);
    assertThat(after.path("status").asText()).isEqualTo("Cancelled");
    assertThat(after.path("latest_error").asText()).isEqualTo("Cancelled");
    assertThat(after.path("finished_at").isTextual()).isTrue();
    assertThat(after.path("records_completed").isNull()).isTrue();
  }

  @Test
  void cases_81_82_runsAreFilteredByStatus() {
    api.runUntil("2026-01-01T13:30:00Z");
    api.executor.failNext(Cause.USER, "ClientError", "no");
    api.runUntil("2026-01-01T14:30:00Z");
    api.executor.failNext(Cause.READING, "Error", "passes");
    api.runUntil("2026-01-01T15:00:02Z");
    api.executor.block();
    api.runUntil("2026-01-01T16:00:05Z");

    assertThat(statuses(""))
        .containsExactly("Running", "Completed", "FailedRetryable", "Failed", "Completed");
    assertThat(statuses("?status=Failed&status=FailedRetryable"))
        .containsExactly("FailedRetryable", "Failed");
    assertThat(statuses("?status=FailedBilling")).isEmpty();
    assertThat(
            statuses(
                "?ordering=created_at&status=Failed&after=2026-01-01T13:59:00Z&before=2026-01-01T14:10:00Z"))
        .containsExactly("Failed");
    assertThat(
            statuses(
                "?ordering=data_interval_start&start=2026-01-01T13:00:00%2B00:00&end=2026-01-01T14:00:00Z"))
        .containsExactly("Failed");
    assertThat(statuses("?after=-1h&ordering=nonsense")).containsExactly("Running");
    PosthogApi.Reply unknown = api.send("GET", export + "/runs/?status=NotAStatus", "");
    refused(unknown, 400, "\"NotAStatus\" is not a valid choice.");
    assertThat(unknown.body().path("code").asText()).isEqualTo("invalid_choice");
    assertThat(api.send("GET", export + "/runs/?after=soon", "").status()).isEqualTo(400);
    refused(api.send("GET", export + "/runs/?cursor=x", ""), 404, "Invalid cursor");
  }

  @Test
  void case_83_whatIsOverCannotBeCancelled() {
    api.runUntil("2026-01-01T13:30:00Z");
    String run = api.get(export + "/runs").at("/results/0/id").asText();

    refused(
        api.send("POST", export + "/runs/" + run + "/cancel", ""),
        400,
        "Cannot cancel a run that is in 'Completed' status");
    assertThat(statuses("")).containsExactly("Completed");
  }

  @Test
  void pagesLoseNoRunAndShowNoneTwice() {
    api.runUntil("2026-01-06T12:30:00Z");
    for (String ordering :
        List.of("", "created_at", "data_interval_start", "-data_interval_start")) {
      Set<String> seen = new HashSet<>();
      List<JsonNode> pages = new ArrayList<>();
      String next = export + "/runs/?ordering=" + ordering;
      while (!next.isEmpty()) {
        JsonNode page = api.get(next);
        pages.add(page);
        page.path("results").forEach(run -> assertThat(seen.add(run.path("id").asText())).isTrue());
        next = page.path("next").asText("").replaceFirst("^http://[^/]+", "").replace("null", "");
      }
      assertThat(pages).hasSize(2);
      assertThat(seen).hasSize(120);
      assertThat(pages.get(0).path("previous").isNull()).isTrue();
      String back = pages.get(1).path("previous").asText().replaceFirst("^http://[^/]+", "");
      assertThat(api.get(back).path("results")).isEqualTo(pages.get(0).path("results"));
    }
  }

  @Test
  void case_109_logsNeedTheirScope() {
    api.runUntil("2026-01-01T13:30:00Z");
    String run = api.get(export + "/runs").at("/results/0/id").asText();

    assertThat(api.send("GET", export + "/logs/", "", PosthogApi.READ).status()).isEqualTo(200);
    assertThat(api.send("GET", export + "/logs/", "", PosthogApi.FLAGS).status()).isEqualTo(403);
    assertThat(api.send("GET", export + "/runs/" + run + "/logs/", "", PosthogApi.FLAGS).status())
        .isEqualTo(403);
  }

  @Test
  void cases_110_130_logsAreFiltered() {
    UUID id = UUID.fromString(export.substring(export.lastIndexOf('/') + 1));
    api.runUntil("2026-01-01T14:30:00Z");
    String run = api.get(export + "/runs").at("/results/0/id").asText();
    int all = api.get(export + "/logs/").path("count").asInt();
    api.clock.set("2026-01-01T15:00:00Z");
    api.ports.log().add(id, id, api.clock.instant(), Level.INFO, "One 100% line");
    api.ports.log().add(id, id, api.clock.instant(), Level.ERROR, "Another line");

    JsonNode logs = api.get(export + "/logs/");
    assertThat(logs.path("count").asInt()).isEqualTo(all + 2);
    assertThat(logs.at("/results/0/message").asText()).isEqualTo("Another line");
    assertThat(logs.at("/results/0/log_source_id").asText()).isEqualTo(id.toString());
    assertThat(api.get(export + "/logs/?level=error").path("count").asInt()).isEqualTo(1);
    assertThat(api.get(export + "/logs/?level=nope").path("count").asInt()).isZero();
    assertThat(api.get(export + "/logs/?search=ONE%20100%25").path("count").asInt()).isEqualTo(1);
    assertThat(api.get(export + "/logs/?instance_id=" + id).path("count").asInt()).isEqualTo(2);
    JsonNode ofRun = api.get(export + "/runs/" + run + "/logs/?limit=500");
    assertThat(ofRun.path("count").asInt()).isEqualTo(all / 2);
    ofRun
        .path("results")
        .forEach(line -> assertThat(line.path("instance_id").asText()).isEqualTo(run));
    String at = "2026-01-01T15:00:00Z";
    assertThat(api.get(export + "/logs/?after=" + at + "&before=" + at).path("count").asInt())
        .isZero();
    String[][] wrong = {
      {"limit=0", "min_value"},
      {"limit=501", "max_value"},
      {"limit=x", "invalid_input"},
      {"after=yesterday", "invalid_input"}
    };
    for (String[] one : wrong) {
      PosthogApi.Reply reply = api.send("GET", export + "/logs/?" + one[0], "");
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body().path("code").asText()).isEqualTo(one[1]);
    }
  }

  @Test
  void case_103_runsAndBackfillsCannotBeChanged() {
    api.runUntil("2026-01-01T13:30:00Z");
    String run = export + "/runs/" + api.get(export + "/runs").at("/results/0/id").asText();
    String backfill =
        export
            + "/backfills/"
            + api.made(
                    export + "/backfills",
                    "{'start_at':'2021-01-01T00:00:00Z','end_at':'2021-01-01T01:00:00Z'}")
                .path("backfill_id")
                .asText();
    for (String path : List.of(run, backfill)) {
      for (String method : List.of("PUT", "PATCH", "DELETE")) {
        assertThat(api.send(method, path, "").status()).isEqualTo(405);
      }
    }
  }

  @Test
  void cases_123_124_aRunOfAnyAgeIsReadAndRetried() {
    api.runUntil("2026-01-01T13:30:00Z");
    String run = export + "/runs/" + api.get(export + "/runs").at("/results/0/id").asText();
    api.send("POST", export + "/pause", "");
    api.runUntil("2026-02-01T00:00:00Z");

    assertThat(api.send("GET", run + "/", "").status()).isEqualTo(200);
    assertThat(api.get(run + "/logs/").path("count").asInt()).isPositive();
    String backfill =
        api.made(run + "/retry/", api.get(run).toString()).path("backfill_id").asText();
    api.runUntil("2026-02-01T00:01:00Z");

    JsonNode done = api.get(export + "/backfills/" + backfill);
    assertThat(done.path("status").asText()).isEqualTo("Completed");
    JsonNode again = api.get(export + "/runs").path("results");
    assertThat(again).hasSize(1);
    assertThat(again.path(0).path("backfill").asText()).isEqualTo(backfill);
    assertThat(again.path(0).path("data_interval_end").asText()).isEqualTo("2026-01-01T13:00:00Z");
    assertThat(api.get(run).path("backfill").isNull()).isTrue();
    api.send("DELETE", export, "");
    assertThat(api.get(run).path("status").asText()).isEqualTo("Completed");
    assertThat(api.send("POST", run + "/retry", "").status()).isEqualTo(404);
    assertThat(api.send("GET", export + "/runs", "").status()).isEqualTo(404);
    assertThat(api.send("GET", BE + "/" + UUID.randomUUID() + "/runs", "").status()).isEqualTo(200);
  }

  @Test
  void case_129_failuresAmongTheLastRunsPauseAnExportAndItsBackfills() {
    String to = "https://hooks.acme.example/x";
    api.send(
        "PUT",
        export + "/alerts/",
        "{'url':'%s','secret':'s','events':['export.paused']}".formatted(to));
    api.executor.block(run -> run.backfill().isPresent());
    String backfill =
        api.made(
                export + "/backfills",
                "{'start_at':'2021-01-01T00:00:00Z','end_at':'2021-01-01T05:00:00Z'}")
            .path("backfill_id")
            .asText();
    for (int hour = 13; hour <= 17; hour++) {
      if (hour % 2 == 1) {
        assertThat(api.get(export).path("paused").asBoolean()).isFalse();
        api.executor.failNext(Cause.USER, "NoSuchBucket", "The bucket is gone");
      }
      api.runUntil("2026-01-01T" + hour + ":30:00Z");
    }

    assertThat(statuses("?ordering=-data_interval_start&start=2026-01-01T00:00:00Z"))
        .containsExactly("Failed", "Completed", "Failed", "Completed", "Failed");
    JsonNode paused = api.get(export);
    assertThat(paused.path("paused").asBoolean()).isTrue();
    assertThat(paused.path("last_paused_at").asText()).startsWith("2026-01-01T17:00:0");
    assertThat(api.get(export + "/backfills/" + backfill).path("status").asText())
        .isEqualTo("Cancelled");
    UUID id = UUID.fromString(export.substring(export.lastIndexOf('/') + 1));
    List<String> warnings = new ArrayList<>();
    api.get(export + "/logs/?level=warning&instance_id=" + id)
        .path("results")
        .forEach(line -> warnings.add(line.path("message").asText()));
    assertThat(warnings)
        .containsExactly(
            "1 running backfills were cancelled with it",
            "Paused after 3 failed runs among the last 24. Fix the cause, then unpause");
    assertThat(api.messages).hasSize(1);
    assertThat(api.messages.get(0)).startsWith(to).contains("\"event\":\"export.paused\"");
    assertThat(api.alarms.stream().filter(one -> one.startsWith("RUN_FAILED"))).hasSize(3);
    api.runUntil("2026-01-01T20:30:00Z");
    assertThat(statuses("?status=Running&status=Starting")).isEmpty();
  }

  @Test
  void whatStaysUnexportedIsTold() {
    api.executor.failNext(Cause.USER, "NoSuchBucket", "The bucket is gone");
    api.runUntil("2026-01-01T13:30:00Z");
    api.executor.block();
    api.runUntil("2026-01-01T14:00:05Z");
    String running = api.get(export + "/runs/?status=Running").at("/results/0/id").asText();
    api.send("POST", export + "/runs/" + running + "/cancel", "");
    api.send("POST", export + "/pause", "");
    api.clock.set("2026-01-01T16:20:00Z");
    api.send("POST", export + "/unpause", "");

    assertThat(api.alarms.stream().filter(one -> one.startsWith("COVERAGE_GAP")))
        .containsExactly(
            "COVERAGE_GAP 2026-01-01T12:00:00+00:00 to 2026-01-01T13:00:00+00:00 is not exported: NoSuchBucket: The bucket is gone",
            "COVERAGE_GAP 2026-01-01T13:00:00+00:00 to 2026-01-01T14:00:00+00:00 is not exported: Cancelled",
            "COVERAGE_GAP 2026-01-01T14:00:00+00:00 to 2026-01-01T16:00:00+00:00 is not exported: the export was paused");
  }
}
