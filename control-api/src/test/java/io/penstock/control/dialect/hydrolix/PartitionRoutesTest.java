package io.penstock.control.dialect.hydrolix;

import static io.penstock.control.dialect.hydrolix.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.catalog.CurrentNamesPublisher;
import io.penstock.control.catalog.TableReaders;
import io.penstock.control.job.Job;
import io.penstock.control.job.TablePublisher;
import io.penstock.control.job.TableRef;
import io.penstock.control.publish.IcebergContents;
import io.penstock.control.publish.StorageAccess;
import io.penstock.spec.TaskRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures and partitions over HTTP, from real Iceberg tables. */
final class PartitionRoutesTest {
  private static final Instant FIRST_DAY = Instant.parse("2026-10-01T00:00:00Z");

  @TempDir static Path folder;
  private static TestApi api;
  private static TablePublisher publisher;

  @BeforeAll
  static void start() {
    api = TestApi.start(folder);
    publisher = new CurrentNamesPublisher(api.catalog, api.tables);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  /** A table into which one job wrote, and where it is. */
  private record Filled(String path, Job job) {
    String partitions() {
      return path + "/partitions";
    }

    void publish(int from, int tasks) {
      publish(from, tasks, "");
    }

    void publish(int from, int tasks, String shard) {
      int field =
          publisher
              .prepare(job.definition().table(), job.definition().transform().columns())
              .get("at");
      String prefix = publisher.dataPrefix(job.definition().table());
      List<TaskRecord> records = new ArrayList<>();
      for (int task = from; task < from + tasks; task++) {
        records.add(
            Written.task(
                prefix, job.id(), task, field, FIRST_DAY.plus(task, ChronoUnit.DAYS), shard));
      }
      publisher.publish(job.definition().table(), job.id(), records);
    }
  }

  /** One partition a day, from the first of October on. */
  private static Filled filled(String project, int days) {
    String table = api.table(project, "orders");
    api.made(
        table + "/transforms",
        """
        {"name": "csv", "type": "csv", "settings": {"is_default": true, "output_columns": [
          {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s"}}]}}""");
    JsonNode made =
        api.made(
            "/jobs/batch",
            "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"%s.orders\",\"settings\":{\"url\":\"s3://landing/\"}}}}"
                .formatted(project));
    Job job =
        api.jobs.find(api.organization, UUID.fromString(made.path("uuid").asText())).orElseThrow();
    Filled filled = new Filled(table, job);
    if (days > 0) {
      filled.publish(0, days);
    }
    return filled;
  }

  @Test
  void figuresAreSumsOverTheActivePartitions() {
    Filled filled = filled("figures", 3);

    assertThat(api.get(filled.path() + "/stats/").json())
        .isEqualTo(
            json(
                """
                {"name": "orders", "total_partitions": 3, "total_rows": 30, "total_data_size": 300, "total_storage_size": 3000, "total_raw_data_size": 21000}"""));
    JsonNode project = api.get(filled.path().replaceAll("/tables/.*", "/stats")).json();
    assertThat(project.at("/summary/total_rows").intValue()).isEqualTo(30);
    assertThat(project.at("/summary/name").asText()).isEqualTo("figures");
    assertThat(project.path("tables")).hasSize(1);
  }

  @Test
  void aTableThatNobodyWroteToIsEmpty() {
    Filled filled = filled("empty", 0);

    assertThat(api.get(filled.path() + "/stats").json().path("total_partitions").intValue())
        .isZero();
    assertThat(api.get(filled.partitions()).json())
        .isEqualTo(
            json(
                "{\"count\":0,\"next\":0,\"previous\":0,\"current\":1,\"num_pages\":1,\"results\":[]}"));
    assertThat(api.send("POST", filled.path() + "//truncate", "").json())
        .isEqualTo(json("{\"deactivated_partitions\": 0}"));
  }

  @Test
  void aPartitionShowsWhereItIsAndWhatIsInIt() {
    Filled filled = filled("shown", 1);

    JsonNode one = api.get(filled.partitions()).json().at("/results/0");

    String root =
        filled.job().definition().table().projectId()
            + "/"
            + filled.job().definition().table().tableId();
    assertThat(one.path("data_path").asText()).startsWith(root + "/data/").endsWith("-0.parquet");
    assertThat(one.path("root_path").asText()).isEqualTo(root);
    assertThat(one.path("root_path_name").asText()).isEqualTo("shown.orders");
    assertThat(one.path("min_timestamp").asText()).isEqualTo("2026-10-01T00:00:00.000000Z");
    assertThat(one.path("max_timestamp").asText()).isEqualTo("2026-10-01T23:59:59.000000Z");
    assertThat(one.path("metadata"))
        .isEqualTo(json("{\"job\": \"" + filled.job().id() + "\", \"task\": 0}"));
    assertThat(one.path("rows").intValue()).isEqualTo(Written.ROWS);
    assertThat(one.path("manifest_size").intValue() + one.path("data_size").intValue())
        .isEqualTo(Written.BYTES);
    assertThat(one.path("mem_size").intValue()).isEqualTo(Written.RAW_BYTES);
    assertThat(one.path("shard_key").asText()).isEqualTo("42bc986dc5eec4d3");
    assertThat(
            one.path("lock").isNull()
                && one.path("storage_id").isNull()
                && one.path("active").booleanValue())
        .isTrue();
    assertThat(api.get("/catalog/?root_path=" + root).json().at("/results/0")).isEqualTo(one);
    assertThat(api.send("POST", filled.partitions(), "").status()).isEqualTo(405);
  }

  /** Five days; how many match, and how many lie within. */
  @ParameterizedTest
  @CsvSource({
    "min_timestamp_after=2026-10-03, 3, 3",
    "min_timestamp_before=2026-10-03, 3, 2",
    "max_timestamp_after=2026-10-03T12:00:00Z, 3, 2",
    "max_timestamp_before=2026-10-03T23:59:59Z, 3, 3",
    "max_timestamp_after=2026-10-02T12:00:00&min_timestamp_before=2026-10-04T12:00:00, 3, 1",
    "shard_key=42bc986dc5eec4d3, 5, 5",
    "shard_key=4d053535cc2bfe5e, 0, 0",
    "root_path=elsewhere, 0, 0",
  })
  void filtersSelectAndRangesEnclose(String query, int matching, int enclosed) {
    Filled filled = filled("filtered " + UUID.randomUUID().toString().substring(0, 8), 5);

    assertThat(api.get(filled.partitions() + "?" + query).json().path("count").intValue())
        .isEqualTo(matching);
    assertThat(api.send("DELETE", filled.partitions() + "/delete_range/?" + query, "").json())
        .isEqualTo(json("{\"success\": true, \"message\": \"" + enclosed + " deleted\"}"));
    assertThat(api.get(filled.partitions()).json().path("count").intValue())
        .isEqualTo(5 - enclosed);
  }

  @Test
  void aPartitionOfAShardShowsItsHashAndIsFoundByIt() {
    Filled filled = filled("sharded", 2);
    filled.publish(2, 1, "4d053535cc2bfe5e-");

    JsonNode found = api.get(filled.partitions() + "?shard_key=4d053535cc2bfe5e").json();
    assertThat(found.path("count").intValue()).isEqualTo(1);
    assertThat(found.at("/results/0/shard_key").asText()).isEqualTo("4d053535cc2bfe5e");
    assertThat(found.at("/results/0/metadata/task").intValue()).isEqualTo(2);
    assertThat(
            api.get(filled.partitions() + "?shard_key=42bc986dc5eec4d3")
                .json()
                .path("count")
                .intValue())
        .isEqualTo(2);
  }

  /** The newest rows are of the last second of the first five days of October. */
  @Test
  void partitionsWhoseNewestRowIsTooOldLeaveTheTable() {
    Filled aging = filled("aging", 5);
    Filled ageless = filled("ageless", 5);
    assertThat(
            api.send("PATCH", aging.path(), "{\"settings\": {\"age\": {\"max_age_days\": 30}}}")
                .status())
        .isEqualTo(200);

    agedOn("2026-10-31T23:59:59Z");
    assertThat(api.get(aging.partitions()).json().path("count").intValue()).isEqualTo(5);
    agedOn("2026-11-02T00:00:00Z");

    JsonNode left = api.get(aging.partitions()).json();
    assertThat(left.path("count").intValue()).isEqualTo(3);
    assertThat(left.at("/results/0/min_timestamp").asText())
        .isEqualTo("2026-10-03T00:00:00.000000Z");
    assertThat(api.get(ageless.partitions()).json().path("count").intValue()).isEqualTo(5);
  }

  private static void agedOn(String now) {
    round(Instant.parse(now), table -> Optional.empty());
  }

  private static void round(Instant now, TableReaders readers) {
    StorageAccess storage =
        new StorageAccess(
            Optional.of(api.s3.endpoint()), "us-east-1", true, "penstock", "", "key", "secret");
    IcebergContents contents = new IcebergContents(api.tables, storage);
    new PartitionLifetimes(
            api.catalog, contents, readers, api.jobs, Clock.fixed(now, ZoneOffset.UTC))
        .round();
  }

  /** The reaper waits for a day, or as long as somebody reads; and never less than an hour. */
  @ParameterizedTest
  @CsvSource({
    ", 23, false, true", ", 25, false, false", ", 25, true, true", "0, 2, false, false",
    "0, 0, false, true", "3, 71, false, true", "3, 73, false, false", "99999999, 9999, false, true"
  })
  void filesOfWhatLeftATableAreRemovedDaysLater(Long days, long hours, boolean read, boolean stays)
      throws Exception {
    Filled filled = filled("reaped-" + days + "-" + hours + "-" + read, 1);
    if (days != null) {
      String settings = "{\"settings\": {\"reaper\": {\"max_age_days\": %d}}}".formatted(days);
      assertThat(api.send("PATCH", filled.path(), settings).status()).isEqualTo(200);
    }
    String path = api.get(filled.partitions()).json().at("/results/0/data_path").asText();
    Path file = folder.resolve("penstock/tables/" + path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "rows");
    Instant before = Instant.now();
    api.send("POST", filled.path() + "/truncate", "");

    round(
        Instant.now().plus(hours, ChronoUnit.HOURS),
        table -> read ? Optional.of(before) : Optional.empty());

    assertThat(Files.exists(file)).isEqualTo(stays);
    assertThat(api.get(filled.partitions()).json().path("count").intValue()).isZero();
    filled.publish(0, 1);
    assertThat(api.get(filled.partitions()).json().path("count").intValue()).isZero();
  }

  @Test
  void aRangeWithoutBoundsIsRefused() {
    Filled filled = filled("unbounded", 1);

    assertThat(api.send("DELETE", filled.partitions() + "/delete_range", "").status())
        .isEqualTo(400);
    assertThat(api.get(filled.partitions()).json().path("count").intValue()).isEqualTo(1);
  }

  @Test
  void whatIsTruncatedDoesNotComeBackAndWhatFollowsStays() {
    Filled filled = filled("truncated", 4);

    assertThat(api.send("POST", filled.path() + "/truncate", "").json())
        .isEqualTo(json("{\"deactivated_partitions\": 4}"));

    filled.publish(0, 4);
    assertThat(api.get(filled.partitions()).json().path("count").intValue()).isZero();
    filled.publish(0, 6);
    assertThat(api.get(filled.partitions()).json().path("count").intValue()).isEqualTo(2);
  }

  @Test
  void truncatingWhileTasksCommitLosesNothing() throws Exception {
    Filled filled = filled("raced", 1);
    ExecutorService executor = Executors.newFixedThreadPool(3);
    List<Callable<Integer>> work = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      int task = i;
      work.add(
          () -> {
            filled.publish(task, 1);
            return 0;
          });
      work.add(
          () ->
              api.send("POST", filled.path() + "/truncate", "")
                  .json()
                  .path("deactivated_partitions")
                  .intValue());
    }

    int removed = 0;
    for (Future<Integer> one : executor.invokeAll(work)) {
      removed += one.get();
    }
    executor.shutdown();

    int left = api.get(filled.partitions()).json().path("count").intValue();
    assertThat(removed + left).isEqualTo(7);
  }

  @Test
  void aRenamedTableKeepsItsContentsAndItsJobsFindIt() {
    Filled filled = filled("renamed", 2);

    assertThat(api.send("PATCH", filled.path(), "{\"name\": \"sales\"}").status()).isEqualTo(200);
    assertThat(
            api.send(
                    "PATCH",
                    filled.path().replaceAll("/tables/.*", ""),
                    "{\"name\": \"renamed too\"}")
                .status())
        .isEqualTo(200);

    filled.publish(2, 1);
    JsonNode partitions = api.get(filled.partitions()).json();
    assertThat(partitions.path("count").intValue()).isEqualTo(3);
    assertThat(partitions.at("/results/0/root_path_name").asText()).isEqualTo("renamed too.sales");
  }

  @Test
  void aProjectThatCannotBeRenamedStaysWhole() {
    Filled filled = filled("stuck", 2);
    String project = filled.path().replaceAll("/tables/.*", "");
    String second =
        project
            + "/tables/"
            + api.made(project + "/tables", "{\"name\": \"second\"}").path("uuid").asText();
    TableRef own = filled.job().definition().table();
    TableRef other =
        new TableRef(
            own.projectId(), "stuck", UUID.fromString(second.replaceAll(".*/", "")), "second");
    api.tables.prepare(other, filled.job().definition().transform().columns());
    // Somebody else has a table where the second one is to go.
    api.tables.prepare(
        new TableRef(UUID.randomUUID(), "occupied", UUID.randomUUID(), "second"),
        filled.job().definition().transform().columns());

    assertThat(api.send("PATCH", project, "{\"name\": \"occupied\"}").status()).isEqualTo(500);

    assertThat(api.get(project).json().path("name").asText()).isEqualTo("stuck");
    assertThat(api.get(filled.partitions()).json().path("count").intValue()).isEqualTo(2);
    assertThat(api.tables.load(other)).isPresent();
  }

  @Test
  void aDeletedTableTakesItsContentsAlongAndStopsItsJobs() {
    Filled filled = filled("deleted", 2);
    String project = filled.path().replaceAll("/tables/.*", "");

    assertThat(api.send("DELETE", filled.path(), "").status()).isEqualTo(204);

    JsonNode job = api.get("/jobs/batch/" + filled.job().id()).json();
    assertThat(job.path("status").asText()).isEqualTo("canceled");
    assertThat(job.at("/settings/source/table").asText()).isEqualTo("deleted.orders");
    assertThat(publisher.publish(filled.job().definition().table(), filled.job().id(), List.of()))
        .isZero();
    String again =
        project
            + "/tables/"
            + api.made(project + "/tables", "{\"name\": \"orders\"}").path("uuid").asText();
    assertThat(api.get(again + "/stats").json().path("total_rows").intValue()).isZero();
  }

  @Test
  void aDeletedProjectTakesEverythingAlong() {
    Filled filled = filled("doomed", 2);
    String project = filled.path().replaceAll("/tables/.*", "");

    assertThat(api.send("DELETE", project, "").status()).isEqualTo(204);

    assertThat(api.get(project).status()).isEqualTo(404);
    assertThat(api.tables.load(filled.job().definition().table())).isEmpty();
    assertThat(api.get("/jobs/batch/" + filled.job().id()).json().path("status").asText())
        .isEqualTo("canceled");
  }
}
