package io.penstock.control.dialect.hydrolix;

import static io.penstock.control.dialect.hydrolix.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.dialect.hydrolix.TestApi.Reply;
import io.penstock.control.job.Job;
import io.penstock.spec.ColumnSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batch jobs over HTTP: the table of checks, lists, keys, waiting. */
final class BatchJobRoutesTest {
  private static final String JOBS = "/jobs/batch/";

  @TempDir static Path folder;
  private static TestApi api;
  private static String tableId;
  private static int rows;

  @BeforeAll
  static void start() {
    api = TestApi.start(folder);
    String table = api.table("shop", "orders");
    tableId = table.substring(table.lastIndexOf('/') + 1);
    String columns =
        "\"output_columns\":[{\"name\":\"at\",\"datatype\":{\"type\":\"epoch\",\"primary\":true,\"format\":\"s\"}}]";
    api.made(
        table + "/transforms",
        "{\"name\":\"csv\",\"type\":\"csv\",\"settings\":{" + columns + "}}");
    api.made(
        table + "/transforms",
        "{\"name\":\"sql\",\"type\":\"csv\",\"settings\":{\"sql_transform\":\"SELECT uniq(at) AS at FROM {STREAM}\","
            + columns
            + "}}");
    api.table("bare", "orders");
  }

  @AfterAll
  static void stop() {
    System.out.println("batch jobs: " + rows + " rows of checks");
    api.close();
  }

  private static String body(String name) {
    return "{\"name\":\"%s\",\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"shop.orders\",\"transform\":\"csv\",\"settings\":{\"url\":\"s3://landing/x/\"}}}}"
        .formatted(name);
  }

  private static JsonNode created(String name) {
    return api.made(JOBS, body(name));
  }

  /** In the first row S is the settings of a source, in the others the source is right. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"settings\":SETTINGS}|{\"type\":[\"This field is required.\"]}",
        "{\"type\":\"x\",\"settings\":SETTINGS}|{\"type\":[\"\\\"x\\\" is not a valid choice.\"]}",
        "{\"type\":\"batch_import\"}|{\"settings\":[\"This field is required.\"]}",
        "{\"type\":\"batch_import\",\"settings\":null}|{\"settings\":[\"This field is required.\"]}",
        "{\"type\":\"batch_import\",\"settings\":{}}|{\"settings\":{\"source\":[\"This field is required.\"]}}",
        "{\"type\":\"batch_import\",\"settings\":{\"source\":null}}|{\"settings\":{\"source\":[\"This field is required.\"]}}",
        "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"settings\":URL}}}|{\"settings\":{\"source\":{\"table\":[\"This field is required.\"]}}}",
        "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":null,\"settings\":URL}}}|{\"settings\":{\"source\":{\"table\":[\"This field is required.\"]}}}",
        "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"shop.orders\",\"transform\":\"csv\"}}}|{\"settings\":{\"source\":{\"settings\":[\"This field is required.\"]}}}",
        "{\"type\":\"batch_import\",\"color\":1,\"settings\":SETTINGS}|{\"color\":[\"This is not a parameter that can be used\"]}",
        "{\"type\":\"batch_import\",\"settings\":{\"max_row_per_partition\":1,SOURCE}}|{\"settings\":{\"max_row_per_partition\":[\"This is not a parameter that can be used\"]}}",
        "{\"type\":\"batch_import\",\"settings\":{\"max_files\":-1,SOURCE}}|{\"settings\":{\"max_files\":[\"Ensure this value is greater than or equal to 0.\"]}}",
        "{\"type\":\"batch_import\",\"settings\":{\"max_active_partitions\":0,SOURCE}}|{\"settings\":{\"max_active_partitions\":[\"Ensure this value is greater than or equal to 1.\"]}}",
        "{\"type\":\"batch_import\",\"settings\":{\"max_rows_per_partition\":\"many\",SOURCE}}|{\"settings\":{\"max_rows_per_partition\":[\"A valid integer is required.\"]}}",
        "{\"type\":\"batch_import\",\"settings\":{\"dry_run\":\"perhaps\",SOURCE}}|{\"settings\":{\"dry_run\":[\"Must be a valid boolean.\"]}}",
        "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"shop.orderz\",\"settings\":URL}}}|{\"settings\":{\"source\":{\"table\":[\"Table \\\"shop.orderz\\\" was not found.\"]}}}",
        "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"shop.orders\",\"transform\":\"x\",\"settings\":URL}}}|{\"settings\":{\"source\":{\"transform\":[\"Transform \\\"x\\\" was not found on table \\\"shop.orders\\\".\"]}}}",
        "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"bare.orders\",\"settings\":URL}}}|{\"settings\":{\"source\":{\"transform\":[\"Table \\\"bare.orders\\\" has no default transform.\"]}}}",
        "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"shop.orders\",\"transform\":\"csv\",\"settings\":{\"url\":\"http://landing/\"}}}}|{\"settings\":{\"source\":{\"settings\":{\"url\":[\"Not a supported source URL.\"]}}}}",
        "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"shop.orders\",\"transform\":\"csv\",\"settings\":{\"url\":\"s3://forbidden/\"}}}}|{\"settings\":{\"source\":{\"settings\":{\"url\":[\"This bucket is not allowed as a source.\"]}}}}",
        "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"shop.orders\",\"transform\":\"csv\",\"settings\":{\"bucket_name\":\"forbidden\",\"cloud\":\"aws\"}}}}|{\"settings\":{\"source\":{\"settings\":{\"bucket_name\":[\"This bucket is not allowed as a source.\"]}}}}",
        "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"shop.orders\",\"transform\":\"csv\",\"settings\":{\"bucket_name\":\"landing\"}}}}|{\"settings\":{\"source\":{\"settings\":{\"cloud\":[\"This field is required.\"]}}}}",
        "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"shop.orders\",\"transform\":\"csv\",\"settings\":{\"bucket_name\":\"landing\",\"cloud\":\"azure\"}}}}|{\"settings\":{\"source\":{\"settings\":{\"cloud\":[\"\\\"azure\\\" is not a valid choice.\"]}}}}",
        "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"shop.orders\",\"transform\":\"csv\",\"settings\":{\"url\":\"s3://landing/\",\"endpoint\":\"https://evil.example\"}}}}|{\"settings\":{\"source\":{\"settings\":{\"endpoint\":[\"This endpoint is not allowed as a source.\"]}}}}",
        "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"shop.orders\",\"transform\":\"csv\",\"settings\":{\"url\":\"s3://landing/\",\"credential_id\":\"x\"}}}}|{\"settings\":{\"source\":{\"settings\":{\"credential_id\":[\"Must be a valid UUID.\"]}}}}",
        "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"shop.orders\",\"transform\":\"csv\",\"settings\":{\"url\":\"s3://landing/\",\"credential_id\":\"00000000-0000-0000-0000-000000000001\"}}}}|{\"settings\":{\"source\":{\"settings\":{\"credential_id\":[\"Credential 00000000-0000-0000-0000-000000000001 was not found.\"]}}}}",
        "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"shop.orders\",\"transform\":\"csv\",\"type\":\"stream\",\"settings\":URL}}}|{\"settings\":{\"source\":{\"type\":[\"\\\"stream\\\" is not a valid choice.\"]}}}",
        "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"shop.orders\",\"transform\":\"csv\",\"settings\":{\"url\":\"s3://landing/\",\"bucket\":\"x\"}}}}|{\"settings\":{\"source\":{\"settings\":{\"bucket\":[\"This is not a parameter that can be used\"]}}}}",
        "{\"type\":\"batch_import\",\"uuid\":\"x\",\"settings\":SETTINGS}|{\"uuid\":[\"Must be a valid UUID.\"]}",
      })
  void whatIsWrongIsSaidUnderItsField(String body, String refusal) {
    String url = "{\"url\":\"s3://landing/x/\"}";
    String source =
        "\"source\":{\"table\":\"shop.orders\",\"transform\":\"csv\",\"settings\":" + url + "}";

    Reply reply =
        api.send(
            "POST",
            JOBS,
            body.replace("SETTINGS", "{" + source + "}")
                .replace("SOURCE", source)
                .replace("URL", url));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json()).isEqualTo(json(refusal));
    rows++;
  }

  @Test
  void expressionsAndTransformsThatCannotBeExecutedAreRefusedTogether() {
    JsonNode refusal =
        api.send(
                "POST",
                JOBS,
                body("both")
                    .replace("\"csv\"", "\"sql\"")
                    .replace("{\"source\"", "{\"regex_filter\":\"(\",\"source\""))
            .json();

    assertThat(refusal.at("/settings/regex_filter/0").asText())
        .startsWith("Not a valid regular expression: ")
        .endsWith(".");
    assertThat(refusal.at("/settings/source/transform/0").asText())
        .isEqualTo("The transform's sql_transform cannot be executed: Unknown function UNIQ.");
  }

  @Test
  void limitsThatAreNotEnforcedAreAWarningOfTheJob() {
    String table = api.table("limited", "orders");
    api.made(
        table + "/transforms",
        """
        {"name": "t", "type": "json", "settings": {"is_default": true, "output_columns": [
          {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s"}},
          {"name": "n", "datatype": {"type": "uint8", "limits": {"max": 9, "action": "null"}}},
          {"name": "m", "datatype": {"type": "uint8", "limits": {}}}]}}""");
    String body =
        body("limited")
            .replace("shop.orders", "limited.orders")
            .replace(",\"transform\":\"csv\"", "");

    String id = api.made(JOBS, body).path("uuid").asText();

    assertThat(api.get(JOBS + id).json().at("/details/warnings"))
        .isEqualTo(json("[\"Column n: its limits are not enforced.\"]"));
  }

  @Test
  void whatTheTableSaysIsFrozenInTheJob() {
    String table = api.table("frozen", "orders");
    api.made(
        table + "/transforms",
        """
        {"name": "t", "type": "json", "settings": {"is_default": true, "output_columns": [
          {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s"}},
          {"name": "town", "datatype": {"type": "string"}},
          {"name": "p", "datatype": {"type": "uint8", "source": {"from_automatic_value": "project_revision"}}},
          {"name": "t", "datatype": {"type": "uint8", "source": {"from_automatic_value": "table_revision"}}}]}}""");
    String patch = "{\"settings\": {\"max_future_days\": %d, \"shard_key\": \"town\"}}";
    assertThat(api.send("PATCH", table, patch.formatted(1)).status()).isEqualTo(200);
    assertThat(api.send("PATCH", table, patch.formatted(2)).status()).isEqualTo(200);
    String body =
        body("frozen")
            .replace("shop.orders", "frozen.orders")
            .replace(",\"transform\":\"csv\"", "");

    UUID id = UUID.fromString(api.made(JOBS, body).path("uuid").asText());

    Job job = api.jobs.find(api.organization, id).orElseThrow();
    List<ColumnSpec> columns = job.definition().transform().columns();
    assertThat(columns.get(2).defaultValue()).contains("1");
    assertThat(columns.get(3).defaultValue()).contains("3");
    Instant notAfter =
        columns.get(0).effectiveRules().timeLimits().orElseThrow().notAfter().orElseThrow();
    assertThat(Duration.between(job.createdAt(), notAfter.minus(Duration.ofDays(2))).abs())
        .isLessThan(Duration.ofMinutes(1));
    assertThat(job.definition().limits().shardColumn()).contains("town");
  }

  @Test
  void aReplyShowsAllSettingsAndTheSourceAsItWasSent() {
    JsonNode first = created("echo");
    assertThat(first.path("settings"))
        .isEqualTo(
            json(
                """
                {"max_active_partitions": 576, "max_rows_per_partition": 33554432, "max_minutes_per_partition": 15, "input_concurrency": 1,
                 "input_aggregation": 1536000000, "max_files": 0, "dry_run": false, "regex_filter": "",
                 "source": {"table": "shop.orders", "transform": "csv", "settings": {"url": "s3://landing/x/"}}}"""));
    assertThat(first.path("status").asText()).isEqualTo("ready");
    assertThat(first.has("url")).isFalse();
    JsonNode second =
        api.made(
            JOBS,
            body("echo2")
                .replace(
                    "{\"url\":\"s3://landing/x/\"}",
                    "{\"bucket_name\":\"landing\",\"cloud\":\"aws\"}"));
    assertThat(second.at("/settings/source/settings"))
        .isEqualTo(
            json(
                "{\"bucket_name\":\"landing\",\"cloud\":\"aws\",\"bucket_path\":\"/\",\"credential_id\":null,\"account_name\":null}"));
  }

  @Test
  void aJobCannotBeEdited() {
    String path = JOBS + created("fixed").path("uuid").asText();

    for (String method : List.of("PUT", "PATCH")) {
      Reply reply = api.send(method, path, body("other"));
      assertThat(reply.status()).isEqualTo(405);
      assertThat(reply.json().path("detail").asText())
          .isEqualTo("Method \"" + method + "\" not allowed.");
    }
  }

  @Test
  void listsAreFilteredByEverything() {
    String id = created("listed").path("uuid").asText();
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    String tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1).toString();

    for (String query :
        List.of(
            "name=listed",
            "name=listed&status=ready",
            "name=listed&table_id=" + tableId,
            "name=listed&table_name=orders",
            "name=listed&table_name=shop.orders",
            "name=listed&date_min=2020-01-01&date_max=" + tomorrow,
            "name=listed&date_min=2020-01-01T00:00:00",
            "name=listed&date_min=2020-01-01T00:00:00%2B02:00")) {
      assertThat(api.get(JOBS + "?" + query).json().findValuesAsText("uuid"))
          .as(query)
          .contains(id);
    }
    for (String query :
        List.of(
            "name=liste",
            "name=listed&status=done",
            "name=listed&status=new",
            "name=listed&table_name=shop",
            "name=listed&date_max=2020-01-01",
            "name=listed&date_min=" + LocalDate.parse(today).plusDays(3))) {
      assertThat(api.get(JOBS + "?" + query).json()).as(query).isEmpty();
    }
    assertThat(api.get(JOBS + "?date_min=yesterday").json())
        .isEqualTo(json("{\"date_min\": [\"Enter a valid date or date and time.\"]}"));
  }

  @Test
  void theSameRequestUnderTheSameKeyIsOneJob() {
    Reply first = api.send("POST", JOBS, body("keyed"), "Idempotency-Key", "k1");
    Reply again = api.send("POST", JOBS, body("keyed"), "Idempotency-Key", "k1");
    Reply other = api.send("POST", JOBS, body("keyed other"), "Idempotency-Key", "k1");

    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.json().path("uuid")).isEqualTo(first.json().path("uuid"));
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.json())
        .isEqualTo(
            json("{\"non_field_errors\": [\"This Idempotency-Key was used with another body.\"]}"));
    assertThat(api.get(JOBS + "?name=keyed").json()).hasSize(1);
  }

  @Test
  void requestsUnderOneKeyAtOnceMakeOneJob() {
    List<CompletableFuture<Reply>> sent =
        java.util.stream.IntStream.range(0, 6)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> api.send("POST", JOBS, body("at once"), "Idempotency-Key", "k2")))
            .toList();

    assertThat(sent).extracting(one -> one.join().status()).containsOnly(201);
    assertThat(sent)
        .extracting(one -> one.join().json().path("uuid").asText())
        .containsOnly(api.get(JOBS + "?name=at%20once").json().at("/0/uuid").asText());
  }

  @Test
  void aKeyIsFreeAgainWhenNothingCameOfIt() {
    created("taken");
    assertThat(api.send("POST", JOBS, body("taken"), "Idempotency-Key", "k3").status())
        .isEqualTo(400);

    assertThat(api.send("POST", JOBS, body("free"), "Idempotency-Key", "k3").status())
        .isEqualTo(201);
  }

  @Test
  void statusComesWithTheIdAndWaitsForAChange() {
    String path = JOBS + created("waited").path("uuid").asText();
    CompletableFuture<Reply> waiting =
        CompletableFuture.supplyAsync(() -> api.get(path + "/status/?wait=5"));

    api.send("POST", path + "/cancel", "");

    assertThat(waiting.join().json().path("status").asText()).isEqualTo("canceled");
    assertThat(waiting.join().json().path("id")).isEqualTo(waiting.join().json().path("uuid"));
    assertThat(api.get(path + "/status?wait=0").json().path("status").asText())
        .isEqualTo("canceled");
    assertThat(api.send("POST", path + "/status", "").status()).isEqualTo(200);
    assertThat(api.get(path + "/status?wait=x").json())
        .isEqualTo(json("{\"wait\": [\"A valid integer is required.\"]}"));
  }

  @Test
  void whoWaitsForADeletedJobIsTold() {
    String path = JOBS + created("gone").path("uuid").asText();
    CompletableFuture<Reply> waiting =
        CompletableFuture.supplyAsync(() -> api.get(path + "/status/?wait=5"));
    api.send("DELETE", path, "");

    assertThat(waiting.join().status()).isEqualTo(404);
    assertThat(waiting.join().json()).isEqualTo(json("{\"detail\": \"Not found.\"}"));
  }

  @Test
  void namesAreTakenAndRefused() {
    created("one name");

    assertThat(api.send("POST", JOBS, body("one name")).json())
        .isEqualTo(
            json(
                "{\"name\": [\"The name (one name) already exists on the specified org in the url\"]}"));
    assertThat(api.send("POST", JOBS, body("a/b")).status()).isEqualTo(400);
    assertThat(api.get(JOBS + UUID.randomUUID()).status()).isEqualTo(404);
  }
}
