package io.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service over HTTP: real Flink, PostgreSQL, S3 and Iceberg. */
final class StandaloneITCase {
  @TempDir static Path folder;
  private static PenstockProcess penstock;

  @BeforeAll
  static void start() throws Exception {
    penstock = PenstockProcess.start(folder.resolve("data"));
  }

  @AfterAll
  static void stop() {
    penstock.kill();
  }

  @Test
  void aJobLoadsEveryRowOnceAndBothDialectsTellTheSame() throws Exception {
    String table = penstock.newTable("t_load");
    long rows = upload("load/", 12, 500, 3);

    String id = penstock.submit(table, "load", "s3://landing/load/");
    JsonNode job = penstock.await(id, "done");

    JsonNode details = job.path("details");
    assertThat(details.at("/counters/rows_read").asLong()).isEqualTo(rows + 3);
    assertThat(details.at("/counters/rows_written").asLong()).isEqualTo(rows);
    assertThat(details.at("/counters/rows_rejected").asLong()).isEqualTo(3);
    assertThat(details.at("/status_detail/percent_complete").isInt()).isTrue();
    assertThat(details.at("/status_detail/percent_complete").asInt()).isEqualTo(1);
    assertThat(details.at("/status_detail/estimated").asBoolean()).isFalse();
    assertThat(details.at("/status_detail/tasks/LIST/DONE").asInt()).isEqualTo(1);
    assertThat(penstock.ids(table)).hasSize((int) rows).doesNotHaveDuplicates();
    JsonNode metrics = penstock.get(penstock.polaris(table) + "/jobs/" + id + "/metrics");
    assertThat(metrics.at("/totals/numRowsProcessed").asLong()).isEqualTo(rows);
    assertThat(metrics.at("/totals/numRowsSkippedByError").asLong()).isEqualTo(3);
    assertThat(metrics.at("/totals/numRowsPersisted").asLong()).isEqualTo(rows);
    JsonNode polaris = penstock.get(penstock.polaris(table) + "/jobs/" + id);
    assertThat(polaris.path("executionStatus").asText()).isEqualTo("completed");
    assertThat(polaris.at("/target/tableName").asText()).isEqualTo("t_load");
  }

  @Test
  void thePublishedExampleRequestsWorkAsTheyStand() throws Exception {
    String table = penstock.newTable("t_example", PenstockProcess.ORDERS_CSV);
    penstock.put("orders/2026/09/30.csv.gz", PenstockProcess.gzip("2026-09-30,9\n"));
    penstock.put("orders/2026/10/01.csv.gz", PenstockProcess.gzip("2026-10-01,1\n2026-10-01,2\n"));
    penstock.put("orders/2026/10/02.csv.gz", PenstockProcess.gzip("2026-10-02,3\n"));

    JsonNode made =
        penstock.post(
            "jobs/batch",
            """
            {"name": "orders-2026-10", "description": "October backfill", "type": "batch_import",
             "settings": {"max_minutes_per_partition": 60, "regex_filter": "^s3://landing/orders/2026/10/.*\\\\.csv\\\\.gz$",
              "source": {"table": "%s", "type": "batch", "subtype": "aws s3", "transform": "events",
                         "settings": {"url": "s3://landing/orders/"}}}}"""
                .formatted(table));

    assertThat(made.path("settings").toString())
        .as(made.toString())
        .isEqualTo(
            """
            {"max_active_partitions":576,"max_rows_per_partition":33554432,"max_minutes_per_partition":60,\
            "input_concurrency":1,"input_aggregation":1536000000,"max_files":0,"dry_run":false,\
            "regex_filter":"^s3://landing/orders/2026/10/.*\\\\.csv\\\\.gz$",\
            "source":{"table":"%s","type":"batch","subtype":"aws s3","transform":"events",\
            "settings":{"url":"s3://landing/orders/"}}}"""
                .formatted(table));
    assertThat(made.at("/details/status_detail").toString())
        .isEqualTo(
            "{\"tasks\":{\"LIST\":{\"READY\":1}},\"estimated\":true,\"percent_complete\":0}");
    String id = made.path("uuid").asText();
    penstock.await(id, "done");
    JsonNode status = penstock.post("jobs/batch/" + id + "/status", "");
    assertThat(status.path("id").asText()).isEqualTo(id);
    assertThat(status.at("/details/counters/rows_written").asLong()).isEqualTo(3);
    assertThat(status.at("/details/counters/files_listed").asLong()).isEqualTo(3);
    assertThat(status.at("/details/counters/files_selected").asLong()).isEqualTo(2);
    assertThat(penstock.ids(table)).containsExactlyInAnyOrder(1L, 2L, 3L);
  }

  @Test
  void progressNeverFallsAndBothDialectsCanBeWatched() throws Exception {
    String table = penstock.newTable("t_watch");
    long rows = upload("watch/", 60, 40_000, 0);
    String id = penstock.submit(table, "watch", "s3://landing/watch/");

    try (ProgressWatch watch = ProgressWatch.of(penstock, id)) {
      penstock.await(id, "done");
      watch.assertSound();
      assertThat(watch.sawTasksIn("RUNNING")).isTrue();
    }
    assertThat(
            penstock
                .get(penstock.polaris(table) + "/jobs/" + id + "/metrics")
                .at("/totals/numRowsProcessed")
                .asLong())
        .isEqualTo(rows);
  }

  @Test
  void polarisCancelsAJobAndTakesItUpAgain() throws Exception {
    String table = penstock.newTable("t_polaris");
    long rows = upload("polaris/", 40, 4_000, 0);
    String id = penstock.submit(table, "polaris", "s3://landing/polaris/");
    penstock.awaitProgress(id);
    String path = penstock.polaris(table) + "/jobs/" + id;

    JsonNode canceling = penstock.put(path, "{\"desiredExecutionStatus\": \"canceled\"}");
    assertThat(canceling.path("desiredExecutionStatus").asText()).isEqualTo("canceled");
    penstock.awaitReceipt(id);
    assertThat(penstock.get(path).path("executionStatus").asText()).isEqualTo("canceled");
    assertThat(penstock.get(penstock.polaris(table) + "/jobs?executionStatus=canceled").toString())
        .contains(id);
    penstock.put(path, "{\"desiredExecutionStatus\": \"running\"}");

    penstock.await(id, "done");
    assertThat(penstock.ids(table)).hasSize((int) rows).doesNotHaveDuplicates();
    assertThat(penstock.get(path).path("executionStatus").asText()).isEqualTo("completed");
  }

  @Test
  void publishedByJobNothingIsSeenUntilAllOfItIs() throws Exception {
    String table = penstock.newTable("t_publish");
    long rows = upload("publish/", 30, 3_000, 0);
    byte[] whole = PenstockProcess.gzip("{\"id\":-1,\"at\":1}\n".repeat(500));
    penstock.put("publish/z.json.gz", Arrays.copyOf(whole, whole.length - 9));
    String id = penstock.submitPublishingByJob(table, "by job", "publish/");
    penstock.awaitProgress(id);
    penstock.cancel(id);
    penstock.awaitReceipt(id);
    assertThat(penstock.ids(table)).isEmpty();
    penstock.post("jobs/batch/" + id + "/retry", "");
    penstock.await(id, "failed");
    assertThat(penstock.ids(table)).isEmpty();

    penstock.put("publish/z.json.gz", PenstockProcess.gzip("{\"id\":-1,\"at\":1}\n"));
    String again = penstock.submitPublishingByJob(table, "by job again", "publish/");

    penstock.await(again, "done");
    assertThat(penstock.ids(table)).hasSize((int) rows + 1).doesNotHaveDuplicates();
  }

  @Test
  void aCanceledJobIsTakenUpAgainAndLoadsEveryRowOnce() throws Exception {
    String table = penstock.newTable("t_cancel");
    long rows = upload("cancel/", 40, 4_000, 0);
    String id = penstock.submit(table, "cancel", "s3://landing/cancel/");
    penstock.awaitProgress(id);

    assertThat(penstock.cancel(id).path("status").asText()).isEqualTo("canceled");
    JsonNode canceled = penstock.awaitReceipt(id);
    JsonNode receipt = canceled.at("/details/cancel_receipt");
    int planned =
        canceled.at("/details/status_detail/tasks/INDEX/CANCELED").asInt()
            + canceled.at("/details/status_detail/tasks/INDEX/DONE").asInt();
    assertThat(
            receipt.path("tasks_done").asInt()
                + receipt.path("tasks_given_up").asInt()
                + receipt.path("tasks_untouched").asInt())
        .isEqualTo(planned);
    penstock.post("jobs/batch/" + id + "/retry", "");

    penstock.await(id, "done");
    assertThat(penstock.ids(table)).hasSize((int) rows).doesNotHaveDuplicates();
  }

  @Test
  void killedInMidRunTheJobGoesOnByItself() throws Exception {
    Random random = new Random(17);
    PenstockProcess other = PenstockProcess.start(folder.resolve("killed"));
    try {
      String table = other.newTable("t_kill");
      long rows = upload(other, "kill/", 30, 3_000, 0);
      String id = other.submit(table, "kill", "s3://landing/kill/");
      for (int i = 0; i < 3; i++) {
        other.awaitProgress(id);
        Thread.sleep(random.nextInt(700));
        other.kill();
        other = PenstockProcess.start(folder.resolve("killed"));
      }

      JsonNode job = other.await(id, "done");

      assertThat(job.at("/details/counters/rows_written").asLong()).isEqualTo(rows);
      assertThat(other.ids(table)).hasSize((int) rows).doesNotHaveDuplicates();
    } finally {
      other.kill();
    }
  }

  @Test
  void aTruncatedObjectFailsItsTaskAloneAndIsNamed() throws Exception {
    String table = penstock.newTable("t_truncated");
    upload("truncated/", 3, 200, 0);
    byte[] whole = PenstockProcess.gzip("{\"id\":1,\"at\":1}\n".repeat(500));
    penstock.put("truncated/z.json.gz", Arrays.copyOf(whole, whole.length - 9));

    JsonNode job =
        penstock.await(penstock.submit(table, "truncated", "s3://landing/truncated/"), "failed");

    assertThat(job.at("/details/errors/0").asText())
        .contains("s3://landing/truncated/z.json.gz")
        .contains("unexpected end of gzip stream");
    assertThat(penstock.ids(table)).hasSize(600).doesNotHaveDuplicates();
  }

  @Test
  void aMissingBucketFailsTheListingByName() throws Exception {
    String table = penstock.newTable("t_nobucket");

    JsonNode job = penstock.await(penstock.submit(table, "no bucket", "s3://nowhere/x/"), "failed");

    assertThat(job.at("/details/errors/0").asText())
        .startsWith("LIST s3://nowhere/x/")
        .contains("the bucket does not exist");
  }

  @Test
  void aNamedObjectThatDoesNotExistFailsTheListing() throws Exception {
    String table = penstock.newTable("t_noobject");

    JsonNode job =
        penstock.await(
            penstock.submit(table, "no object", "s3://landing/none/x.json.gz"), "failed");

    assertThat(job.at("/details/errors/0").asText())
        .isEqualTo("LIST s3://landing/none/x.json.gz: s3://landing/none/x.json.gz does not exist");
    assertThat(job.at("/details/status_detail/tasks/LIST/FAILED").asInt()).isEqualTo(1);
  }

  @Test
  void aWrongSecretIsSaidToBeDeniedAndNotShown() throws Exception {
    String table = penstock.newTable("t_denied");
    JsonNode credential =
        penstock.post(
            "credentials",
            """
            {"name": "wrong", "type": "aws_access_keys",
             "details": {"access_key_id": "penstock", "secret_access_key": "not-the-secret"}}""");
    assertThat(credential.toString()).doesNotContain("not-the-secret").contains("********");
    JsonNode made =
        penstock.post(
            "jobs/batch",
            """
            {"name": "denied", "type": "batch_import", "settings": {"source": {"table": "%s", "transform": "events",
              "settings": {"bucket_name": "landing", "bucket_path": "load/", "cloud": "aws", "credential_id": "%s"}}}}"""
                .formatted(table, credential.path("uuid").asText()));

    JsonNode job = penstock.await(made.path("uuid").asText(), "failed");

    assertThat(job.at("/details/errors/0").asText()).contains("access denied");
    assertThat(job.at("/settings/source/settings/account_name").isNull()).isTrue();
  }

  @Test
  void whatATransformCannotDoYetIsRefusedAndNotSkipped() throws Exception {
    String table = penstock.newTable("t_transform");
    String unknown =
        "{\"name\": \"u\", \"type\": \"batch_import\", \"settings\": {\"source\": {\"table\": \"%s\","
            + " \"transform\": \"nope\", \"settings\": {\"url\": \"s3://landing/x/\"}}}}";

    assertThat(
            penstock
                .post("jobs/batch", unknown.formatted(table))
                .at("/settings/source/transform/0")
                .asText())
        .isEqualTo("Transform \"nope\" was not found on table \"" + table + "\".");
    assertThat(
            penstock
                .post("jobs/batch", unknown.formatted(table).replace("\"nope\"", "\"\""))
                .at("/settings/source/transform/0")
                .asText())
        .isEqualTo("Table \"" + table + "\" has no default transform.");
  }

  @Test
  void mistakesAreNamedAllAtOnceAndTheServiceStaysHealthy() throws Exception {
    JsonNode refused =
        penstock.post(
            "jobs/batch",
            """
            {"name": "bad", "type": "batch_import",
             "settings": {"max_row_per_partition": 1, "regex_filter": "(",
               "source": {"table": "no.where", "settings": {"url": "ftp://x"}}}}""");

    assertThat(refused.at("/settings/max_row_per_partition/0").asText())
        .isEqualTo("This is not a parameter that can be used");
    assertThat(refused.at("/settings/regex_filter/0").asText())
        .startsWith("Not a valid regular expression");
    assertThat(refused.at("/settings/source/table/0").asText())
        .isEqualTo("Table \"no.where\" was not found.");
    assertThat(refused.at("/settings/source/settings/url/0").asText())
        .isEqualTo("Not a supported source URL.");
    assertThat(penstock.post("jobs/batch", "{\"name\": ").path("detail").asText())
        .startsWith("JSON parse error");
    assertThat(penstock.post("jobs/batch", "[".repeat(100_000)).path("detail").asText())
        .endsWith("exceeds the maximum allowed (1000)");
    assertThat(penstock.post("jobs/batch", "{\"name\": \"a\\u0000b\"}").path("detail").asText())
        .isEqualTo("name: Null characters are not allowed.");
    assertThat(penstock.status("GET", "/config/v1/orgs/", "wrong-key")).isEqualTo(401);
    assertThat(penstock.status("GET", "/health", "none")).isEqualTo(200);
  }

  private static long upload(String prefix, int objects, int rowsEach, int flaws) throws Exception {
    return upload(penstock, prefix, objects, rowsEach, flaws);
  }

  /** Returns the number of sound rows. */
  private static long upload(
      PenstockProcess target, String prefix, int objects, int rowsEach, int flaws)
      throws Exception {
    Random random = new Random(prefix.hashCode());
    long id = 0;
    for (int i = 0; i < objects; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < rowsEach; j++) {
        text.append("{\"id\":").append(id++);
        text.append(",\"at\":").append(1_760_000_000 + random.nextInt(7_200));
        text.append(",\"name\":\"n").append(random.nextInt()).append("\"}\n");
      }
      if (i == 0) {
        text.append("{broken\n".repeat(flaws));
      }
      byte[] bytes = PenstockProcess.gzip(text.toString());
      target.put(prefix + "part-%04d.json.gz".formatted(i), bytes);
    }
    return id;
  }
}
