package io.penstock.control.dialect.hydrolix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.dialect.hydrolix.TestApi.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every endpoint of the contract's tables, with and without the slash at its end. */
final class EndpointsTest {
  private static final String PRIMARY =
      "\"output_columns\":[{\"name\":\"at\",\"datatype\":{\"type\":\"epoch\",\"primary\":true,\"format\":\"s\"}}]";

  /**
   * What a row is for: {@code P}, {@code T}, {@code F}, {@code C}, {@code J} stand for ids, N for a
   * new name.
   */
  private record Row(String method, String path, String body, int status) {}

  private static final String PROJECT = "{\"name\":\"N\"}";
  private static final String TRANSFORM =
      "{\"name\":\"N\",\"type\":\"csv\",\"settings\":{" + PRIMARY + "}}";
  private static final String CREDENTIAL =
      "{\"name\":\"N\",\"type\":\"linode_api_token\",\"details\":{\"token\":\"x\"}}";
  private static final String JOB =
      "{\"name\":\"N\",\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"shop.orders\",\"transform\":\"csv\",\"settings\":{\"url\":\"s3://landing/\"}}}}";

  private static final List<Row> ROWS =
      List.of(
          new Row("GET", "/jobs/batch", "", 200),
          new Row("POST", "/jobs/batch", JOB, 201),
          new Row("OPTIONS", "/jobs/batch", "", 200),
          new Row("GET", "/jobs/batch/J", "", 200),
          new Row("GET", "/jobs/batch/J/status", "", 200),
          new Row("POST", "/jobs/batch/J/status", "", 200),
          new Row("GET", "/jobs/batch/J/tasks", "", 200),
          new Row("GET", "/jobs/batch/J/rejects", "", 200),
          new Row("PUT", "/jobs/batch/J", "{}", 405),
          new Row("PATCH", "/jobs/batch/J", "{}", 405),
          new Row("POST", "/jobs/batch/J/cancel", "", 200),
          new Row("POST", "/jobs/batch/J/retry", "", 200),
          new Row("GET", "/credentials", "", 200),
          new Row("POST", "/credentials", CREDENTIAL, 201),
          new Row("OPTIONS", "/credentials", "", 200),
          new Row("GET", "/credentials/types", "", 200),
          new Row("GET", "/credentials/C", "", 200),
          new Row("PUT", "/credentials/C", "{}", 405),
          new Row("PATCH", "/credentials/C", "{}", 405),
          new Row("GET", "/projects", "", 200),
          new Row("POST", "/projects", PROJECT, 201),
          new Row("OPTIONS", "/projects", "", 200),
          new Row("GET", "/projects/P", "", 200),
          new Row("PUT", "/projects/P", "{\"name\":\"shop\"}", 200),
          new Row("PATCH", "/projects/P", "{\"description\":\"d\"}", 200),
          new Row("GET", "/projects/P/stats", "", 200),
          new Row("GET", "/projects/P/activity", "", 200),
          new Row("GET", "/projects/P/tables", "", 200),
          new Row("POST", "/projects/P/tables", PROJECT, 201),
          new Row("OPTIONS", "/projects/P/tables", "", 200),
          new Row("GET", "/projects/P/tables/T", "", 200),
          new Row("PUT", "/projects/P/tables/T", "{\"name\":\"orders\"}", 200),
          new Row(
              "PATCH",
              "/projects/P/tables/T",
              "{\"settings\":{\"age\":{\"max_age_days\":1}}}",
              200),
          new Row("GET", "/projects/P/tables/T/activity", "", 200),
          new Row("GET", "/projects/P/tables/T/stats", "", 200),
          new Row("POST", "/projects/P/tables/T/truncate", "", 200),
          new Row("GET", "/projects/P/tables/T/partitions", "", 200),
          new Row("POST", "/projects/P/tables/T/partitions", "{}", 405),
          new Row(
              "DELETE",
              "/projects/P/tables/T/partitions/delete_range?min_timestamp_after=2030-01-01",
              "",
              200),
          new Row("GET", "/catalog", "", 200),
          new Row("GET", "/projects/P/tables/T/transforms", "", 200),
          new Row("POST", "/projects/P/tables/T/transforms", TRANSFORM, 201),
          new Row("OPTIONS", "/projects/P/tables/T/transforms", "", 200),
          new Row("GET", "/projects/P/tables/T/transforms/F", "", 200),
          new Row("PUT", "/projects/P/tables/T/transforms/F", TRANSFORM.replace("N", "csv"), 200),
          new Row("PATCH", "/projects/P/tables/T/transforms/F", "{}", 405),
          new Row("GET", "/streams", "", 404),
          new Row("GET", "/jobs/batch/nothing", "", 404));

  @TempDir static Path folder;
  private static TestApi api;
  private static String project;
  private static String table;
  private static String transform;
  private static String credential;
  private static String job;

  @BeforeAll
  static void start() {
    api = TestApi.start(folder);
    String path = api.table("shop", "orders");
    project = path.split("/", -1)[2];
    table = path.split("/", -1)[4];
    transform = id(api.made(path + "/transforms", TRANSFORM.replace("N", "csv")));
    credential = id(api.made("/credentials", CREDENTIAL.replace("N", "one")));
    job = id(api.made("/jobs/batch", JOB.replace("N", "one")));
  }

  private static String id(JsonNode made) {
    return made.path("uuid").asText();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void everyEndpointAnswersWithAndWithoutTheSlash() {
    List<String> wrong = new ArrayList<>();
    int number = 0;
    for (Row row : ROWS) {
      for (String slash : List.of("", "/")) {
        String name = "new" + number++;
        String path = path(row.path()).replaceFirst("(?=\\?|$)", slash);
        Reply reply = api.send(row.method(), path, row.body().replace("\"N\"", "\"" + name + "\""));
        boolean typed =
            reply.json().isMissingNode()
                || reply
                    .headers()
                    .firstValue("Content-Type")
                    .orElse("")
                    .startsWith("application/json");
        if (reply.status() != row.status() || !typed) {
          wrong.add(row.method() + " " + path + ": " + reply.status() + " " + reply.json());
        }
      }
    }

    assertThat(wrong).isEmpty();
    System.out.println("endpoints: " + ROWS.size() + " rows, each with and without the slash");
  }

  private static String path(String pattern) {
    return pattern
        .replace("/P", "/" + project)
        .replace("/T", "/" + table)
        .replace("/F", "/" + transform)
        .replace("/C", "/" + credential)
        .replace("/J", "/" + job);
  }

  @Test
  void everythingIsDeletedWithNothingToSay() {
    String path = api.table("doomed", "orders");
    String own =
        path + "/transforms/" + id(api.made(path + "/transforms", TRANSFORM.replace("N", "csv")));
    String secret =
        "/credentials/" + id(api.made("/credentials", CREDENTIAL.replace("N", "doomed")));
    String batch = "/jobs/batch/" + id(api.made("/jobs/batch", JOB.replace("N", "doomed")));
    api.send("POST", batch + "/cancel", "");

    for (String one : List.of(batch, secret, own, path, path.replaceAll("/tables/.*", ""))) {
      Reply reply = api.send("DELETE", one, "");
      assertThat(reply.status()).as(one).isEqualTo(204);
      assertThat(reply.json().isMissingNode()).isTrue();
      assertThat(api.get(one).status()).as(one).isEqualTo(404);
    }
  }
}
