package io.penstock.control.dialect.hydrolix;

import static io.penstock.control.dialect.hydrolix.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.dialect.hydrolix.TestApi.Reply;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Projects and tables over HTTP: what is stored, what is echoed, what is refused. */
final class CatalogObjectsTest {
  private static final String DEFAULTS =
      """
      {"default_query_options": {}, "rate_limit": null,
       "stream": {"token_list": [], "intake_head_url": "https://%s/ingest/event", "hot_data_max_age_minutes": 60, "hot_data_max_active_partitions": 12,
        "hot_data_max_rows_per_partition": 1048576, "hot_data_max_minutes_per_partition": 5, "hot_data_max_open_seconds": 20, "hot_data_max_idle_seconds": 10,
        "cold_data_max_age_days": 3650, "cold_data_max_active_partitions": 168, "cold_data_max_rows_per_partition": 1048576,
        "cold_data_max_minutes_per_partition": 60, "cold_data_max_open_seconds": 60, "cold_data_max_idle_seconds": 30, "message_queue_max_rows": 500},
       "age": {"max_age_days": 0}, "reaper": {"max_age_days": 1}, "merge": {"enabled": true},
       "autoingest": [{"enabled": false, "source": "", "source_region": "", "pattern": "", "max_rows_per_partition": 12288000, "max_minutes_per_partition": 60,
        "max_active_partitions": 50, "dry_run": false, "source_credential_id": null, "bucket_credential_id": null}],
       "sort_keys": [], "shard_key": null, "max_future_days": 0, "max_request_bytes": 0}""";

  @TempDir static Path folder;
  private static TestApi api;
  private static String tables;
  private static int rows;

  @BeforeAll
  static void start() {
    api = TestApi.start(folder);
    tables =
        "/projects/"
            + api.made("/projects/", "{\"name\": \"shop\"}").path("uuid").asText()
            + "/tables/";
  }

  @AfterAll
  static void stop() {
    System.out.println("projects and tables: " + rows + " rows of refusals and coercions");
    api.close();
  }

  private static String host() {
    return api.get("/projects/").uri().getAuthority();
  }

  @Test
  void aProjectShowsEveryField() {
    JsonNode made = api.made("/projects", "{\"name\": \"whole\", \"color\": \"red\"}");

    ObjectNode rest = made.deepCopy();
    rest.remove("created");
    rest.remove("modified");
    String id = made.path("uuid").asText();
    assertThat(rest)
        .isEqualTo(
            json(
                """
                {"name": "whole", "description": null, "uuid": "%s", "org": "%s", "url": "https://%s%s/projects/%s",
                 "settings": {"default_query_options": {}, "blob": null, "rate_limit": null}, "publish_task_id": null, "color": "red"}"""
                    .formatted(id, api.organization, host(), api.org(), id)));
    assertThat(made.path("created").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    assertThat(api.get("/projects/" + id).json()).isEqualTo(made);
  }

  @Test
  void aTableOfANameAloneHasAllDefaults() {
    JsonNode made = api.made(tables, "{\"name\": \"defaults\"}");

    assertThat(made.path("settings")).isEqualTo(json(DEFAULTS.formatted(host())));
    assertThat(made.path("type").asText()).isEqualTo("turbine");
    assertThat(made.path("primary_key").asText("missing")).isEmpty();
    assertThat(made.has("publish_task_id")).isTrue();
    assertThat(made.path("url").asText())
        .isEqualTo("https://" + host() + api.org() + tables + made.path("uuid").asText());
    assertThat(api.get(tables + made.path("uuid").asText()).json()).isEqualTo(made);
  }

  @Test
  void whatWasReadCanBeSentBack() {
    JsonNode made =
        api.made(tables, "{\"name\": \"back\", \"settings\": {\"age\": {\"max_age_days\": 7}}}");
    String path = tables + made.path("uuid").asText();

    Reply put = api.send("PUT", path + "/", made.toString());

    assertThat(put.status()).isEqualTo(200);
    ObjectNode before = made.deepCopy();
    ObjectNode after = put.json().deepCopy();
    assertThat(after.remove("modified")).isNotEqualTo(before.remove("modified"));
    assertThat(after).isEqualTo(before);
  }

  @Test
  void aPutReplacesAndAPatchMerges() {
    String path =
        tables
            + api.made(tables, "{\"name\": \"changed\", \"description\": \"d\"}")
                .path("uuid")
                .asText();

    JsonNode patched =
        api.send(
                "PATCH",
                path,
                "{\"settings\": {\"age\": {\"max_age_days\": \"9\"}, \"sort_keys\": [\"a\", \"b\"], \"legacy\": {\"x\": 1}}}")
            .json();
    assertThat(patched.at("/settings/age/max_age_days").intValue()).isEqualTo(9);
    assertThat(patched.at("/settings/reaper/max_age_days").intValue()).isEqualTo(1);
    assertThat(patched.path("description").asText()).isEqualTo("d");

    JsonNode again =
        api.send(
                "PATCH",
                path,
                "{\"settings\": {\"sort_keys\": [\"c\"], \"age\": {\"max_age_days\": null}, \"legacy\": {\"y\": 2}}}")
            .json();
    assertThat(again.at("/settings/sort_keys")).isEqualTo(json("[\"c\"]"));
    assertThat(again.at("/settings/age/max_age_days").intValue()).isZero();
    assertThat(again.at("/settings/legacy")).isEqualTo(json("{\"x\": 1, \"y\": 2}"));

    JsonNode put =
        api.send(
                "PUT",
                path,
                "{\"name\": \"changed\", \"settings\": {\"merge\": {\"enabled\": \"false\"}}}")
            .json();
    assertThat(put.at("/settings/merge/enabled").isBoolean()).isTrue();
    assertThat(put.at("/settings/merge/enabled").booleanValue()).isFalse();
    assertThat(put.at("/settings/sort_keys")).isEmpty();
    assertThat(put.path("settings").has("legacy")).isFalse();
    assertThat(put.path("description").isNull()).isTrue();
  }

  @Test
  void anAutoingestSourceThatIsNoListBecomesOne() {
    JsonNode made =
        api.made(
            tables,
            "{\"name\": \"single\", \"settings\": {\"autoingest\": {\"pattern\": \"x\", \"input_concurrency\": 3}}}");

    assertThat(made.at("/settings/autoingest")).hasSize(1);
    assertThat(made.at("/settings/autoingest/0/pattern").asText()).isEqualTo("x");
    assertThat(made.at("/settings/autoingest/0/input_concurrency").intValue()).isEqualTo(3);
    assertThat(made.at("/settings/autoingest/0/max_active_partitions").intValue()).isEqualTo(50);
  }

  @Test
  void theFutureMayBeUnlimited() {
    JsonNode made =
        api.made(tables, "{\"name\": \"future\", \"settings\": {\"max_future_days\": null}}");

    assertThat(made.at("/settings/max_future_days").isNull()).isTrue();
  }

  @Test
  void aUuidMayBeBroughtOnce() {
    UUID id = UUID.randomUUID();
    String body = "{\"name\": \"%s\", \"uuid\": \"" + id + "\"}";

    assertThat(api.made("/projects", body.formatted("brought")).path("uuid").asText())
        .isEqualTo(id.toString());
    assertThat(api.send("POST", "/projects", body.formatted("again")).json())
        .isEqualTo(json("{\"uuid\": [\"This uuid is in use.\"]}"));
    assertThat(api.get("/projects/").json().findValuesAsText("name")).doesNotContain("again");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|{\"name\":[\"This field is required.\"]}",
        "{\"name\":null}|{\"name\":[\"This field is required.\"]}",
        "{\"name\":7}|{\"name\":[\"Not a valid string.\"]}",
        "{\"name\":\"n\",\"uuid\":\"x\"}|{\"uuid\":[\"Must be a valid UUID.\"]}",
        "{\"name\":\"n\",\"type\":\"summary\"}|{\"type\":[\"\\\"summary\\\" is not a valid choice.\"]}",
        "{\"name\":\"n\",\"settings\":7}|{\"settings\":[\"An object is required.\"]}",
        "{\"name\":\"n\",\"settings\":{\"age\":{\"max_age_days\":\"x\"}}}|{\"settings\":{\"age\":{\"max_age_days\":[\"A valid integer is required.\"]}}}",
        "{\"name\":\"n\",\"settings\":{\"age\":{\"max_age_days\":-1}}}|{\"settings\":{\"age\":{\"max_age_days\":[\"Ensure this value is greater than or equal to 0.\"]}}}",
        "{\"name\":\"n\",\"settings\":{\"merge\":{\"enabled\":\"maybe\"}}}|{\"settings\":{\"merge\":{\"enabled\":[\"Must be a valid boolean.\"]}}}",
        "{\"name\":\"n\",\"settings\":{\"sort_keys\":\"a\"}}|{\"settings\":{\"sort_keys\":[\"Expected a list of items.\"]}}",
        "{\"name\":\"n\",\"settings\":{\"autoingest\":[7]}}|{\"settings\":{\"autoingest\":{\"0\":[\"An object is required.\"]}}}",
        "{\"name\":\"n\",\"settings\":{\"autoingest\":[{},{\"max_rows_per_partition\":0}]}}|{\"settings\":{\"autoingest\":{\"1\":{\"max_rows_per_partition\":[\"Ensure this value is greater than or equal to 1.\"]}}}}",
        "{\"name\":\"n\",\"settings\":{\"autoingest\":[{\"enabled\":true,\"source\":\"sqs://q\"}]}}|{\"settings\":{\"autoingest\":{\"0\":{\"transform\":[\"Table \\\"shop.n\\\" has no default transform.\"]}}}}",
        "{\"name\":\"n\",\"settings\":{\"autoingest\":[{\"enabled\":true,\"source\":\"sqs://q\",\"transform\":\"x\"}]}}|{\"settings\":{\"autoingest\":{\"0\":{\"transform\":[\"Transform \\\"x\\\" was not found on table \\\"shop.n\\\".\"]}}}}",
        "{\"name\":\"n\",\"settings\":{\"autoingest\":[{\"bucket_credential_id\":\"x\"}]}}|{\"settings\":{\"autoingest\":{\"0\":{\"bucket_credential_id\":[\"Must be a valid UUID.\"]}}}}",
      })
  void whatIsWrongIsSaidUnderItsField(String body, String refusal) {
    Reply reply = api.send("POST", tables, body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json()).isEqualTo(json(refusal));
    rows++;
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"``", "a.b", "a/b", "` a`", "`a `", "`a\\u0007b`"})
  void oddNamesAreRefused(String name) {
    Reply reply = api.send("POST", "/projects", "{\"name\": \"" + name + "\"}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().at("/name/0").asText()).startsWith("A name is not empty");
    rows++;
  }

  @Test
  void aNameOfSixtyFiveCharactersIsTooLong() {
    assertThat(api.send("POST", "/projects", "{\"name\": \"" + "x".repeat(65) + "\"}").json())
        .isEqualTo(json("{\"name\": [\"Ensure this field has no more than 64 characters.\"]}"));
    assertThat(
            api.send(
                    "POST",
                    "/projects",
                    "{\"name\": \"d\", \"description\": \"" + "x".repeat(257) + "\"}")
                .json())
        .isEqualTo(
            json("{\"description\": [\"Ensure this field has no more than 256 characters.\"]}"));
  }

  @Test
  void aNameIsTakenWithinItsParent() {
    api.made("/projects", "{\"name\": \"twice\"}");
    String path = tables + api.made(tables, "{\"name\": \"twice\"}").path("uuid").asText();
    JsonNode other = api.made(tables, "{\"name\": \"once\"}");

    assertThat(api.send("POST", "/projects", "{\"name\": \"twice\"}").json())
        .isEqualTo(
            json(
                "{\"name\": [\"The name (twice) already exists on the specified org in the url\"]}"));
    JsonNode inProject =
        json(
            "{\"name\": [\"The name (twice) already exists on the specified project in the url\"]}");
    assertThat(api.send("POST", tables, "{\"name\": \"twice\"}").json()).isEqualTo(inProject);
    assertThat(
            api.send("PATCH", tables + other.path("uuid").asText(), "{\"name\": \"twice\"}").json())
        .isEqualTo(inProject);
    assertThat(api.get(path).status()).isEqualTo(200);
  }

  @Test
  void whatHappenedToAnObjectIsToldWithWhoDidIt() {
    JsonNode made = api.made("/projects", "{\"name\": \"watched\"}");
    String path = "/projects/" + made.path("uuid").asText();
    api.send("PATCH", path, "{\"description\": \"new\"}");

    JsonNode activity = api.get(path + "/activity").json();

    assertThat(activity.findValuesAsText("action")).containsExactly("create", "update");
    assertThat(activity.findValuesAsText("username")).containsExactly("admin", "admin");
    assertThat(activity.at("/0/org").asText()).isEqualTo(api.organization.toString());
    assertThat(api.send("DELETE", path, "").status()).isEqualTo(204);
    assertThat(api.get(path + "/activity/").status()).isEqualTo(404);
  }

  @Test
  void whatIsElsewhereIsNotFound() {
    String other =
        "/projects/" + api.made("/projects", "{\"name\": \"elsewhere\"}").path("uuid").asText();
    String id = api.made(tables, "{\"name\": \"here\"}").path("uuid").asText();

    assertThat(api.get(other + "/tables/" + id).status()).isEqualTo(404);
    assertThat(api.get(tables + "no-uuid").status()).isEqualTo(404);
    assertThat(api.get(tables + UUID.randomUUID()).json())
        .isEqualTo(json("{\"detail\": \"Not found.\"}"));
  }

  @Test
  void listsAreBareUnlessAPageIsAskedFor() {
    assertThat(api.get("/projects").json().isArray()).isTrue();
    JsonNode page = api.get("/projects/?page=1&page_size=1").json();
    assertThat(page.path("results")).hasSize(1);
    assertThat(page.path("current").intValue()).isEqualTo(1);
    assertThat(page.path("previous").intValue()).isZero();
    assertThat(api.get("/projects/?page=9999").json())
        .isEqualTo(json("{\"detail\": \"Invalid page.\"}"));
  }
}
