package io.penstock.control.dialect.posthog;

import static io.penstock.control.dialect.posthog.PosthogApi.BE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.export.RunFailure.Cause;
import io.penstock.locals3.LocalS3;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Test steps, coverage and alerts. Numbers are those of the contract's cases. */
@ExtendWith(Cases.class)
final class ExtensionsTest {
  private PosthogApi api;

  @TempDir private Path folder;

  @BeforeEach
  void start() {
    api = new PosthogApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static void result(PosthogApi.Reply reply, String status, String message) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    JsonNode result = reply.body().path("result");
    assertThat(result.path("status").asText()).as(reply.text()).isEqualTo(status);
    assertThat(result.path("message").asText()).isEqualTo(message);
  }

  @Test
  void cases_104_131_stepsAreListed() {
    JsonNode steps = api.get(BE + "/test/?destination=AwsS3").path("steps");
    assertThat(steps.findValuesAsText("name"))
        .containsExactly(
            "Ensure we can assume provided AWS role",
            "Check S3 bucket exists",
            "Check we can write to the prefix");
    assertThat(steps.path(0).path("result").isNull()).isTrue();
    PosthogApi.Reply none = api.send("GET", BE + "/test/", "");
    assertThat(none.status()).isEqualTo(400);
    assertThat(none.text()).isEmpty();
    PosthogApi.Reply unknown = api.send("GET", BE + "/test/?destination=Nope", "");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.text()).isEmpty();
    PosthogApi.Reply beyond = api.send("POST", BE + "/run_test_step_new/", api.s("{'step':7}"));
    assertThat(beyond.status()).isEqualTo(400);
    assertThat(beyond.body().path("attr").asText()).isEqualTo("step");
  }

  @Test
  void cases_105_106_108_stepsAreRun() throws Exception {
    Files.createDirectories(folder.resolve("lake-out"));
    try (LocalS3 s3 = LocalS3.start(folder, 0, "key", "secret")) {
      api.allowed.add(s3.endpoint().toString());
      String inline =
          "{'name':'n','interval':'hour','step':%d,'destination':{'type':'S3','config':{'bucket_name':'%s','region':'us-east-1','prefix':'p/','endpoint_url':'"
              + s3.endpoint()
              + "'%s}}}";
      String keys = ",'aws_access_key_id':'key','aws_secret_access_key':'secret'";
      String step = BE + "/run_test_step_new/";
      result(api.send("POST", step, inline.formatted(0, "lake-out", keys)), "Passed", "null");
      result(api.send("POST", step, inline.formatted(1, "lake-out", keys)), "Passed", "null");
      result(
          api.send("POST", step, inline.formatted(0, "missing", keys)),
          "Failed",
          "Bucket 'missing' does not exist or we don't have permissions to use it");
      result(
          api.send("POST", step, inline.formatted(0, "lake-out", "")),
          "Failed",
          "The test step cannot run as it's not configured.");
      String store =
          "{'kind':'s3-compatible','config':{'name':'store','endpoint_url':'%s','aws_access_key_id':'key','aws_secret_access_key':'secret'}}"
              .formatted(s3.endpoint());
      int number = api.made("/api/projects/1/integrations/", store).path("id").asInt();
      String body =
          api.s(
              "{'step':0,'destination':{'integration':%d,'config':{'bucket_name':'lake-out'}}}"
                  .formatted(number));
      PosthogApi.Reply passed = api.send("POST", step, body);
      assertThat(passed.body().path("result").toString())
          .isEqualTo("{\"status\":\"Passed\",\"message\":null}");
      result(api.send("POST", api.export(body) + "/run_test_step/", body), "Passed", "null");
      String export = api.export(inline.formatted(0, "lake-out", keys));
      result(
          api.send(
              "POST",
              export + "/run_test_step/",
              "{'destination':{'type':'S3','config':{'prefix':'q'}}}"),
          "Passed",
          "null");
      secretsThatAreNotSentStillWork(inline.formatted(0, "missing", keys));
    }
    result(
        api.send("POST", BE + "/run_test_step_new", api.a("{}")),
        "Skipped",
        "No configured AWS role ARN, skipping test");
  }

  /** Of cases 58 and 59: the store itself says whether the keys are still the right ones. */
  private void secretsThatAreNotSentStillWork(String body) {
    String export = api.export(body);
    String patch =
        "{'destination':{'type':'S3','config':{'bucket_name':'lake-out','prefix':'new/'}}}";
    assertThat(api.send("PATCH", export, patch).status()).isEqualTo(200);
    for (int step = 0; step <= 1; step++) {
      String tried = patch.substring(0, patch.length() - 1) + ",'step':" + step + "}";
      result(api.send("POST", export + "/run_test_step/", tried), "Passed", "null");
    }
  }

  @Test
  void case_107_aTypeIsNotChangedByATestAndNothingIsConnectedTo() throws Exception {
    String aws = api.export(api.a("{}"));
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + listener.getLocalPort();
      api.allowed.add(url);

      PosthogApi.Reply changed =
          api.send(
              "POST",
              aws + "/run_test_step",
              "{'destination':{'type':'S3','config':{'endpoint_url':'" + url + "'}}}");

      assertThat(changed.status()).isEqualTo(400);
      assertThat(changed.body().path("detail").asText()).contains("Cannot change destination type");
      // Whoever had connected would wait to be accepted.
      listener.setSoTimeout(1);
      assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  private JsonNode coverage(String export, String start, String end) {
    return api.get(
        export + "/coverage/?start=2026-01-01T" + start + ":00Z&end=2026-01-01T" + end + ":00Z");
  }

  @Test
  void coverageNamesGapsAndWhyAndHasThemRepaired() {
    String export = api.export(api.s("{}"));
    api.runUntil("2026-01-01T14:30:00Z");
    api.executor.failNext(Cause.USER, "ClientError", "no");
    api.runUntil("2026-01-01T15:30:00Z");
    api.send("POST", export + "/pause", "");
    api.clock.set("2026-01-01T17:10:00Z");

    JsonNode report = coverage(export, "11:00", "17:00");

    assertThat(report.path("complete").asBoolean()).isFalse();
    assertThat(report.path("rows_exported").asInt()).isEqualTo(20);
    assertThat(report.path("gaps").toString())
        .isEqualTo(
            PosthogApi.json(
                "[{'start':'2026-01-01T11:00:00Z','end':'2026-01-01T12:00:00Z','reason':'never_run'},{'start':'2026-01-01T14:00:00Z','end':'2026-01-01T15:00:00Z','reason':'failed'},{'start':'2026-01-01T15:00:00Z','end':'2026-01-01T17:00:00Z','reason':'paused'}]"));
    JsonNode repair =
        api.made(
            export + "/coverage/repair/",
            "{'start':'2026-01-01T11:00:00Z','end':'2026-01-01T17:00:00Z'}");
    assertThat(repair.path("backfill_ids")).hasSize(2);
    api.runUntil("2026-01-01T17:12:00Z");
    JsonNode repaired = coverage(export, "11:00", "17:00");
    assertThat(repaired.path("gaps")).as(repaired.toString()).isEmpty();
    assertThat(repaired.path("overlaps")).isEmpty();
    assertThat(repaired.path("complete").asBoolean()).isTrue();
    api.contents.add(
        "timestamp",
        "2026-01-01T13:10:00Z",
        "2026-01-01T13:20:00Z",
        7,
        Instant.parse("2026-01-01T17:15:00Z"));
    JsonNode late = coverage(export, "11:00", "17:00");
    assertThat(late.path("complete").asBoolean()).isFalse();
    assertThat(late.path("late").toString())
        .isEqualTo(
            PosthogApi.json(
                "[{'start':'2026-01-01T13:00:00Z','end':'2026-01-01T14:00:00Z','rows':7}]"));
  }

  @Test
  void case_136_aChangedIntervalAndABackfillOfThePastLeaveNoHole() {
    String export = api.export(api.s("{}"));
    api.runUntil("2026-01-02T10:30:00Z");
    assertThat(api.send("PATCH", export, "{'interval':'day'}").status()).isEqualTo(200);
    api.runUntil("2026-01-04T00:30:00Z");

    api.made(export + "/backfills/", "{'start_at':'2025-12-28','end_at':'2026-01-01'}");
    api.runUntil("2026-01-04T00:31:00Z");
    // The hours of the day that the export was made in, before it was: no whole day is missing.
    JsonNode repair =
        api.made(
            export + "/coverage/repair/",
            "{'start':'2025-12-28T00:00:00Z','end':'2026-01-04T00:00:00Z'}");
    assertThat(repair.path("backfill_ids")).as(repair.toString()).hasSize(1);
    api.runUntil("2026-01-04T00:32:00Z");

    JsonNode report =
        api.get(export + "/coverage/?start=2025-12-28T00:00:00Z&end=2026-01-04T00:00:00Z");
    assertThat(report.path("gaps")).as(report.toString()).isEmpty();
    assertThat(report.path("overlaps")).as(report.toString()).isEmpty();
    assertThat(report.path("complete").asBoolean()).isTrue();
  }

  @Test
  void messagesAreSignedAndTriedUntilTheyAreTaken() {
    String export = api.export(api.s("{}"));
    String alerts = export + "/alerts/";
    assertThat(api.send("GET", alerts, "").status()).isEqualTo(404);
    PosthogApi.Reply put =
        api.send(
            "PUT",
            alerts,
            "{'url':'https://hooks.acme.example/x','secret':'s3cr3t','events':['run.failed']}");
    assertThat(put.text())
        .isEqualTo("{\"url\":\"https://hooks.acme.example/x\",\"events\":[\"run.failed\"]}");
    assertThat(api.send("PUT", alerts, "{'url':'http://127.0.0.1/','secret':'s'}").status())
        .isEqualTo(400);
    api.delivers = false;
    api.executor.failNext(Cause.USER, "ClientError", "no");
    api.runUntil("2026-01-01T13:05:00Z");
    int tries = api.messages.size();
    assertThat(tries).isBetween(3, 12);
    assertThat(api.messages).allMatch(message -> message.contains("\"event\":\"run.failed\""));
    assertThat(api.messages.get(0)).contains("sha256=").doesNotContain("s3cr3t");
    api.delivers = true;
    api.agenda.runUntil(api.clock.instant().plus(Duration.ofMinutes(50)));
    assertThat(api.messages).hasSize(tries + 1);
    assertThat(api.send("DELETE", alerts, "").status()).isEqualTo(204);
    assertThat(api.send("GET", alerts, "").status()).isEqualTo(404);
  }
}
