package io.penstock.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.control.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the Hydrolix contract shows in examples, as it is written there, and every type of column.
 */
final class HydrolixITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "s3://acme-landing/orders/2026/10/07.csv.gz";

  @TempDir static Path folder;
  private static PenstockProcess penstock;
  private static TableRows rows;
  private static String shop;
  private static String orders;
  private static String transform;

  @BeforeAll
  static void start() throws Exception {
    penstock = PenstockProcess.start(folder.resolve("data"));
    rows = new TableRows(penstock);
    rows.makeBucket("acme-landing");
    shop = made("projects", "{\"name\": \"shop\"}");
    orders =
        made(
            "projects/" + shop + "/tables",
            "{\"name\": \"orders\", \"settings\": {\"max_future_days\": null}}");
    transform =
        made("projects/" + shop + "/tables/" + orders + "/transforms", resource("orders_csv.json"));
  }

  @AfterAll
  static void stop() {
    rows.close();
    penstock.kill();
  }

  private static String made(String path, String body) throws Exception {
    JsonNode made = penstock.post(path, body);
    assertThat(made.has("uuid")).as(made.toString()).isTrue();
    return made.path("uuid").asText();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HydrolixITCase.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static JsonNode json(String text) throws IOException {
    return JSON.readTree(text);
  }

  @Test
  void theExamplesOfTheContractRunAsTheyAreWritten() throws Exception {
    String lines =
        """
        placed_at;order_no;net;tags
        2026-10-07 09:00:01 +0200;4711;-;["new","gift"];blue
        soon;4711;1;;
        2026-10-07 09:00:02 +0200;abc;1;;
        """
            .replace("\n", "\r\n");
    byte[] day = PenstockProcess.gzip(lines);
    rows.put("acme-landing", "orders/2026/10/07.csv.gz", day);
    rows.put("acme-landing", "orders/2026/10/notes.txt", new byte[] {1});
    rows.put("acme-landing", "orders/2026/09/30.csv.gz", day);

    JsonNode made = penstock.post("jobs/batch", resource("orders-2026-10.json"));
    String id = made.path("uuid").asText();
    assertThat(made.path("settings"))
        .isEqualTo(
            json(
                """
                {"max_active_partitions": 576, "max_rows_per_partition": 33554432, "max_minutes_per_partition": 60, "input_concurrency": 1,
                  "input_aggregation": 1536000000, "max_files": 0, "dry_run": false, "regex_filter": "^s3://acme-landing/orders/2026/10/.*\\\\.csv\\\\.gz$",
                  "source": {"table": "shop.orders", "type": "batch", "subtype": "aws s3", "transform": "orders_csv", "settings": {"url": "s3://acme-landing/orders/"}}}"""));
    JsonNode done = penstock.await(id, "done");

    assertThat(done.at("/details/status_detail"))
        .isEqualTo(
            json(
                """
                {"tasks": {"LIST": {"DONE": 1}, "INDEX": {"DONE": 1}}, "estimated": false, "percent_complete": 1}"""));
    assertThat(done.at("/details/counters"))
        .isEqualTo(
            json(
                """
                {"files_listed": 3, "files_selected": 1, "files_done": 1, "bytes_selected": %d, "bytes_read": %d, "rows_read": 3, "rows_written": 1,
                  "rows_filtered": 0, "rows_rejected": 2, "rows_with_warning": 0, "partitions": 1, "reject_files": 1}"""
                    .formatted(day.length, day.length)));
    assertThat(rows.of("shop.orders", "order_no"))
        .containsExactly(
            Map.of(
                "placed_at", "2026-10-07 07:00:01+00",
                "order_no", "4711",
                "net", "0.0",
                "tags", "[\"new\",\"gift\"]",
                "channel", "web",
                "src", FILE,
                "rest", "{\"4\":\"blue\"}"));
    rejectsAreAsTheContractShowsThem(id);
    JsonNode task = penstock.get(path("jobs/batch/" + id + "/tasks/")).path("results").get(1);
    assertThat(Instant.parse(task.path("started").asText()))
        .isBefore(Instant.parse(task.path("finished").asText()).plusSeconds(1))
        .isAfter(Instant.parse(made.path("created").asText()).minusSeconds(1));
    JsonNode listed =
        penstock.get(path("jobs/batch/?status=done&name=orders-2026-10&page=1&page_size=50"));
    assertThat(listed.path("results").get(0).path("uuid").asText()).isEqualTo(id);
    assertThat(listed.toString())
        .startsWith("{\"count\":1,\"next\":0,\"previous\":0,\"current\":1,\"num_pages\":1,");
  }

  private static String path(String below) throws Exception {
    String organization = penstock.get("/config/v1/orgs/").get(0).path("uuid").asText();
    return "/config/v1/orgs/" + organization + "/" + below;
  }

  private static void rejectsAreAsTheContractShowsThem(String id) throws Exception {
    JsonNode rejects = penstock.get(path("jobs/batch/" + id + "/rejects/")).path("results");
    assertThat(rejects).hasSize(2);
    JsonNode second = rejects.get(1);
    assertThat(second.path("data").get(0).path("placed_at").asText())
        .isEqualTo("2026-10-07 09:00:02 +0200");
    assertThat(second.path("data").get(0).path("order_no").asText()).isEqualTo("abc");
    assertThat(second.path("reason").asText())
        .isEqualTo("order_no: strconv.ParseUint: parsing \"abc\": invalid syntax");
    assertThat(second.path("project_id").asText()).isEqualTo(shop);
    assertThat(second.path("table_id").asText()).isEqualTo(orders);
    assertThat(second.path("transform_id").asText()).isEqualTo(transform);
    assertThat(second.path("job_id").asText()).isEqualTo(id);
    assertThat(second.path("task").asInt()).isZero();
    assertThat(second.path("input_filename").asText()).isEqualTo(FILE);
    assertThat(second.path("row").asInt()).isEqualTo(4);
    assertThat(second.path("kind").asText()).isEqualTo("format");
    assertThat(rejects.get(0).path("kind").asText()).isEqualTo("primary");
  }

  /** With the endpoint and the credential that there are. */
  @Test
  void theSecondGenerationReadsWithAStoredCredential() throws Exception {
    rows.put(
        "acme-landing",
        "second/10/a.csv.gz",
        PenstockProcess.gzip("x\n2026-10-08 09:00:01 +0200;1;2;;\n"));
    String credential =
        made(
            "credentials",
            """
            {"name": "box", "type": "aws_access_keys", "details": {"access_key_id": "%s", "secret_access_key": "%s"}}"""
                .formatted(
                    penstock.setting(Settings.STORAGE_ACCESS_KEY_ID),
                    penstock.setting(Settings.STORAGE_SECRET_ACCESS_KEY)));

    String id =
        made(
            "jobs/batch",
            """
            {"type": "batch_import", "settings": {"dry_run": true, "source": {"table": "shop.orders", "transform": "orders_csv",
              "settings": {"bucket_name": "acme-landing", "bucket_path": "second/10/", "cloud": "aws", "region": "eu-central-1",
                           "endpoint": "%s", "credential_id": "%s"}}}}"""
                .formatted(penstock.setting(Settings.STORAGE_ENDPOINT), credential));

    assertThat(penstock.await(id, "done").at("/details/counters/rows_written").asInt())
        .isEqualTo(1);
  }

  @Test
  void aTruncatedObjectAndABadCreateAreAnsweredAsTheContractShows() throws Exception {
    byte[] whole = PenstockProcess.gzip("x\n2026-10-08 09:00:01 +0200;1;2;;\n".repeat(100));
    rows.put("acme-landing", "torn/1.csv.gz", whole);
    rows.put("acme-landing", "torn/2.csv.gz", Arrays.copyOf(whole, whole.length / 2));

    String id =
        made(
            "jobs/batch",
            """
            {"type": "batch_import", "settings": {"input_aggregation": 0, "dry_run": true, "source": {"table": "shop.orders",
              "settings": {"url": "s3://acme-landing/torn/"}}}}""");
    JsonNode failed = penstock.await(id, "failed");

    assertThat(failed.at("/details/errors"))
        .isEqualTo(
            json("[\"INDEX 1 s3://acme-landing/torn/2.csv.gz: unexpected end of gzip stream\"]"));
    assertThat(failed.at("/details/status_detail/tasks"))
        .isEqualTo(json("{\"LIST\": {\"DONE\": 1}, \"INDEX\": {\"DONE\": 1, \"FAILED\": 1}}"));
    assertThat(failed.at("/details/status_detail/percent_complete").asDouble())
        .isBetween(0.5, 0.9999);
    assertThat(
            penstock.post(
                "jobs/batch",
                """
                {"type": "batch_import", "settings": {"max_row_per_partition": 1,
                  "source": {"table": "shop.orderz", "settings": {"url": "s3://acme-landing/"}}}}"""))
        .isEqualTo(
            json(
                """
                {"settings": {"max_row_per_partition": ["This is not a parameter that can be used"],
                  "source": {"table": ["Table \\"shop.orderz\\" was not found."]}}}"""));
  }

  @Test
  void everyTypeAndEveryAttributeGivesTheExpectedRows() throws Exception {
    String table =
        made(
            "projects/" + shop + "/tables",
            "{\"name\": \"everything\", \"settings\": {\"max_future_days\": null}}");
    made("projects/" + shop + "/tables/" + table + "/transforms", resource("everything.json"));
    rows.put(
        "acme-landing", "all/1.json.gz", PenstockProcess.gzip(resource("everything-input.json")));

    String id =
        made(
            "jobs/batch",
            """
            {"type": "batch_import", "settings": {"source": {"table": "shop.everything", "settings": {"url": "s3://acme-landing/all/"}}}}""");
    JsonNode job = penstock.await(id, "done");

    List<Map<String, String>> expected = expected();
    List<Map<String, String>> found = rows.of("shop.everything", "at");
    for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
      assertThat(found.get(i)).as("row " + i).containsExactlyInAnyOrderEntriesOf(expected.get(i));
    }
    System.out.println(
        "every type and attribute: %d values were compared"
            .formatted(expected.size() * expected.get(0).size()));
    assertThat(job.at("/details/counters/rows_rejected").asInt()).isEqualTo(2);
    assertThat(job.at("/details/counters/rows_filtered").asInt()).isEqualTo(1);
    assertThat(job.at("/details/warnings").toString()).contains("limited");
  }

  @Test
  void rowsAreInTheOrderOfTheSortKeys() throws Exception {
    String table =
        made(
            "projects/" + shop + "/tables",
            "{\"name\": \"sorted\", \"settings\": {\"max_future_days\": null, \"sort_keys\": [\"town\"]}}");
    made(
        "projects/" + shop + "/tables/" + table + "/transforms",
        """
        {"name": "t", "type": "csv", "settings": {"is_default": true, "output_columns": [
          {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s", "source": {"from_input_index": 0}}},
          {"name": "town", "datatype": {"type": "string", "source": {"from_input_index": 1}}}]}}""");
    rows.put(
        "acme-landing",
        "sorted/1.csv",
        "1791356403,b\n1791356402,c\n1791356404,a\n1791356401,b\n".getBytes(UTF_8));

    String id =
        made(
            "jobs/batch",
            """
            {"type": "batch_import", "settings": {"source": {"table": "shop.sorted", "settings": {"url": "s3://acme-landing/sorted/"}}}}""");
    penstock.await(id, "done");

    assertThat(rows.of("shop.sorted", "file_row_number"))
        .extracting(row -> row.get("town") + row.get("at").substring(17, 19))
        .containsExactly("a04", "b01", "b03", "c02");
  }

  private static List<Map<String, String>> expected() throws IOException {
    JsonNode lines = json(resource("everything-rows.json"));
    return lines.findParents("at").stream().map(HydrolixITCase::texts).toList();
  }

  private static Map<String, String> texts(JsonNode line) {
    Map<String, String> texts = new HashMap<>();
    line.properties().forEach(e -> texts.put(e.getKey(), e.getValue().textValue()));
    return texts;
  }
}
