package io.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.config.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A project of a running Penstock, asked in the words of Polaris, with one connection. */
final class PolarisProject {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final PenstockProcess penstock;
  private final Path data;
  private final String path;

  private PolarisProject(PenstockProcess penstock, Path data, String name) {
    this.penstock = penstock;
    this.data = data;
    this.path = "/v1/projects/" + name;
  }

  /**
   * Makes it, and its connection {@code raw}.
   *
   * @param data where the process keeps everything
   */
  static PolarisProject make(PenstockProcess penstock, Path data, String name) throws Exception {
    penstock.post("projects/", "{\"name\": \"" + name + "\"}");
    PolarisProject project = new PolarisProject(penstock, data, name);
    JsonNode connection =
        project.ask(
            "POST",
            "/connections",
            """
            {'type': 's3', 'name': 'raw', 'bucket': 'landing', 'awsEndpoint': '%s',
             'secrets': {'type': 'access_key', 'accessKeyId': '%s', 'accessKeySecret': '%s'}}"""
                .formatted(
                    penstock.setting(Settings.STORAGE_ENDPOINT),
                    penstock.setting(Settings.STORAGE_ACCESS_KEY_ID),
                    penstock.setting(Settings.STORAGE_SECRET_ACCESS_KEY)));
    assertThat(connection.path("name").asText()).as(connection.toString()).isEqualTo("raw");
    return project;
  }

  /**
   * @param body JSON with single quotes in place of double ones
   */
  JsonNode ask(String method, String below, String body) throws Exception {
    return penstock.ask(method, path + below, body.replace('\'', '"'));
  }

  /** Returns the job's id. */
  String submit(String body) throws Exception {
    JsonNode job = ask("POST", "/jobs", body);
    assertThat(job.has("id")).as(job.toString()).isTrue();
    return job.path("id").asText();
  }

  JsonNode metrics(String job) throws Exception {
    return ask("GET", "/jobs/" + job + "/metrics", "").path("totals");
  }

  /** Waits until the job is in a state, or has ended in another. */
  JsonNode awaited(String id, String status) throws Exception {
    List<String> over = List.of(status, "completed", "failed", "canceled");
    JsonNode ended =
        await()
            .atMost(PATIENCE)
            .until(
                () -> ask("GET", "/jobs/" + id, ""),
                job -> over.contains(job.path("executionStatus").asText()));
    assertThat(ended.path("executionStatus").asText()).as(ended.toPrettyString()).isEqualTo(status);
    return ended;
  }

  /** For DuckDB: all files that a job wrote. */
  String files(String job) {
    return "read_parquet('" + data + "/**/" + job + "-*.parquet')";
  }

  /** What DuckDB answers: the first column, as text. */
  static List<String> sql(String sql) {
    List<String> rows = new ArrayList<>();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
    return rows;
  }
}
