package io.penstock.bench.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.bench.data.Column;
import io.penstock.bench.data.Columns;
import io.penstock.bench.data.Dataset;
import io.penstock.bench.data.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Uses the control API as its users do. */
final class ApiClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration REQUEST = Duration.ofMinutes(2);
  private static final Set<String> ENDS = Set.of("done", "failed", "canceled");

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI api;
  private final String key;
  private final String organization;

  ApiClient(URI api, String key) throws IOException, InterruptedException {
    this.api = api;
    this.key = key;
    this.organization =
        "/config/v1/orgs/" + send("GET", "/config/v1/orgs/", "").get(0).path("uuid").asText() + "/";
  }

  /**
   * A table that jobs can be submitted for.
   *
   * @param projectId and {@code id} make the place of its files
   */
  record Table(String name, UUID projectId, UUID id) {}

  /** A new one, with a transform that is its default. */
  Table newTable(Dataset dataset) throws IOException, InterruptedException {
    String name = "t" + UUID.randomUUID().toString().substring(0, 8);
    String project =
        created(post("projects/", JSON.createObjectNode().put("name", "bench_" + name)));
    String tables = "projects/" + project + "/tables/";
    String table = created(post(tables, JSON.createObjectNode().put("name", name)));
    created(post(tables + table + "/transforms/", transform(dataset)));
    return new Table(
        "bench_" + name + "." + name, UUID.fromString(project), UUID.fromString(table));
  }

  private static ObjectNode transform(Dataset dataset) {
    boolean csv = dataset.format().csv();
    ObjectNode transform =
        JSON.createObjectNode().put("name", "events").put("type", csv ? "csv" : "json");
    ObjectNode settings = transform.putObject("settings").put("is_default", true);
    settings.put("compression", dataset.format().compression());
    if (csv) {
      settings.putArray("null_values").add("\\N");
    }
    ArrayNode columns = settings.putArray("output_columns");
    List<Column> schema = dataset.schema();
    for (int i = 0; i < schema.size(); i++) {
      Column column = schema.get(i);
      ObjectNode datatype = columns.addObject().put("name", column.name()).putObject("datatype");
      datatype.put("type", column.kind().transformType());
      if (column.kind() == Kind.TIME) {
        datatype.put("format", "2006-01-02T15:04:05.999Z07:00");
        datatype.put("resolution", "ms");
        datatype.put("primary", column.name().equals(Columns.TIME));
      }
      if (csv) {
        datatype.putObject("source").put("from_input_index", i);
      }
    }
    return transform;
  }

  /**
   * Returns the job's id.
   *
   * @param settings of the job, beside its source
   * @param source of the objects
   */
  String submit(Table table, ObjectNode settings, ObjectNode source)
      throws IOException, InterruptedException {
    ObjectNode job =
        JSON.createObjectNode()
            .put("name", "load " + UUID.randomUUID())
            .put("type", "batch_import");
    settings
        .putObject("source")
        .put("type", "batch")
        .put("subtype", "aws s3")
        .put("table", table.name())
        .set("settings", source);
    job.set("settings", settings);
    return created(post("jobs/batch", job));
  }

  /**
   * Returns the job when it has ended.
   *
   * @throws IOException if it did not end well
   */
  JsonNode await(String id) throws IOException, InterruptedException {
    JsonNode job = send("GET", organization + "jobs/batch/" + id, "");
    while (!ENDS.contains(job.path("status").asText())) {
      Thread.sleep(POLL.toMillis());
      job = send("GET", organization + "jobs/batch/" + id, "");
    }
    if (!job.path("status").asText().equals("done")) {
      throw new IOException("the job has not ended well: " + job.toPrettyString());
    }
    return job;
  }

  private JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return send("POST", organization + path, body.toString());
  }

  private static String created(JsonNode answer) throws IOException {
    if (!answer.has("uuid")) {
      throw new IOException("nothing was made: " + answer);
    }
    return answer.path("uuid").asText();
  }

  private JsonNode send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve(path))
            .timeout(REQUEST)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }
}
