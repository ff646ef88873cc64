package io.penstock.control.dialect.polaris;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.http.ServedApi;
import io.penstock.control.http.ServedApi.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all endpoints have in common. */
final class ConventionsTest {
  private static final String KEY = ServedApi.API_KEY;
  @TempDir static Path folder;
  private static PolarisApi api;

  @BeforeAll
  static void serve() {
    api = PolarisApi.start(folder);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static String base64(String text, boolean url, boolean padding) {
    Base64.Encoder encoder = url ? Base64.getUrlEncoder() : Base64.getEncoder();
    return (padding ? encoder : encoder.withoutPadding())
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyFormOfTheKeyIsTaken() {
    List<String> forms =
        List.of(
            "Basic " + KEY,
            "Bearer " + KEY,
            "basic " + KEY,
            "Basic " + base64(KEY + ":", false, true),
            "Basic " + base64(KEY + ":", true, true),
            "Basic " + base64(KEY + ":x?>", true, false),
            "Basic " + base64(KEY, false, false));
    for (String form : forms) {
      Reply reply = api.raw("GET", "/v1/apikeyinfo", "", "Authorization", form);
      assertThat(reply.status()).as(form).isEqualTo(200);
      assertThat(reply.body().path("id").asText()).isNotEmpty();
    }
    System.out.println("forms of a key: " + forms.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic", "Basic nobody", "Bearer pok_other", "Digest pok_served"})
  void whoIsNotKnownIsToldHowToSayWho(String header) {
    Reply reply =
        api.raw("GET", "/v1/projects/" + api.project + "/jobs", "", "Authorization", header);

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.body().path("code").asText()).isEqualTo("InvalidAuthentication");
    assertThat(reply.headers().firstValue("WWW-Authenticate")).contains("Basic, Bearer");
  }

  @Test
  void aKeyHoldsEveryPermissionAndARoleWhatItsRightsMakeUp() {
    assertThat(api.raw("GET", "/v1/apikeyinfo", "").body().path("permissions"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "ManageIngestionJobs",
            "ManageTables",
            "ViewTables",
            "ManageConnections",
            "ManageFiles");
    String viewer = api.holder("view_table", "view_batchjob");

    assertThat(
            api.raw("GET", "/v1/apikeyinfo", "", "Authorization", "Bearer " + viewer)
                .body()
                .path("permissions"))
        .extracting(JsonNode::asText)
        .containsExactly("ViewTables");
  }

  @Test
  void aMissingPermissionIsNamed() {
    String viewer = "Bearer " + api.holder("view_table", "view_batchjob");

    Reply jobs = api.send("GET", "/jobs", "", "Authorization", viewer);
    Reply connections = api.send("GET", "/connections", "", "Authorization", viewer);

    assertThat(jobs.status()).isEqualTo(403);
    assertThat(jobs.body().path("code").asText()).isEqualTo("PermissionDenied");
    assertThat(jobs.body().path("message").asText()).contains("ManageIngestionJobs");
    assertThat(connections.body().path("message").asText()).contains("ManageConnections");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /jobs/nothing, 404, ObjectNotFound",
    "GET, /jobs/7d0ee3f1-7c5f-4d86-9f0d-6b2a54f9ce50, 404, ObjectNotFound",
    "DELETE, /jobs/7d0ee3f1-7c5f-4d86-9f0d-6b2a54f9ce50, 405, BadArgument",
    "PATCH, /jobs/7d0ee3f1-7c5f-4d86-9f0d-6b2a54f9ce50, 405, BadArgument",
    "GET, /dashboards, 404, ObjectNotFound",
    "GET, /connections/none, 404, ObjectNotFound",
    "GET, /jobs?executionStatus=runing, 400, BadArgument",
    "GET, '/jobs?executionStatus=running,pending', 400, BadArgument",
    "GET, /jobs?paginationLimit=0, 400, BadArgument",
    "GET, /jobs?paginationLimit=1001, 400, BadArgument",
    "GET, /jobs?paginationOffset=-1, 400, BadArgument",
    "GET, /jobs?sortColumn=name, 400, BadArgument",
    "GET, /jobs?sortOrder=asc, 400, BadArgument",
    "GET, /jobs?anything=at-all, 200, ''",
  })
  void whatIsNotThereOrWrongIsAnsweredWithItsCode(
      String method, String path, int status, String code) {
    Reply reply = api.send(method, path, "");

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.body().path("code").asText()).isEqualTo(code);
  }

  @Test
  void anUnknownProjectIsNotFound() {
    Reply reply = api.raw("GET", "/v1/projects/none/jobs", "");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.body().path("target").asText()).isEqualTo("projectId");
  }

  @Test
  void aBodyIsJsonAndSaysSo() {
    String path = "/v1/projects/" + api.project + "/connections";

    assertThat(api.raw("POST", path, "{}", "Content-Type", "text/plain").status()).isEqualTo(415);
    assertThat(api.raw("POST", path, "{}", "Content-Type", "application/jsonx").status())
        .isEqualTo(415);
    assertThat(
            api.raw("POST", path, "{}", "Content-Type", "application/json; charset=utf-8").status())
        .isEqualTo(400);
    assertThat(api.raw("POST", path, "[]").status()).isEqualTo(400);
    assertThat(api.raw("POST", path, "{").body().path("message").asText()).contains("line 1");
    assertThat(api.raw("GET", path, "{\"ignored\": ", "Content-Type", "text/xml").status())
        .isEqualTo(200);
  }

  @Test
  void aBodyOfMoreThanTenMebibytesIsTooLarge() {
    Reply reply =
        api.raw(
            "POST",
            "/v1/projects/" + api.project + "/connections",
            "{\"name\": \"" + "x".repeat(10 * 1024 * 1024) + "\"}");

    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.body().path("code").asText()).isEqualTo("PayloadTooLarge");
  }
}
