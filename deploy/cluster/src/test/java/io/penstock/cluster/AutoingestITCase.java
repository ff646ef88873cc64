package io.penstock.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.standalone.PenstockProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects arrive while processes of a real cluster die and settings change. */
final class AutoingestITCase {
  /** The full number is 2000. */
  private static final int OBJECTS = Integer.getInteger("penstock.arrivals", 300);

  private static final int ROWS_EACH = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  @TempDir static Path folder;
  private static long began;
  private static RealCluster cluster;
  private static PenstockProcess penstock;

  @BeforeAll
  static void up() throws Exception {
    began = System.nanoTime();
    cluster = RealCluster.up(folder, 2, "penstock.arrivals.full-interval=PT5S");
    penstock = cluster.client();
  }

  @AfterAll
  static void down() throws Exception {
    cluster.close();
  }

  /** Keys come in an order of chance, so that most of them are behind one that was seen already. */
  @Test
  void everyRowIsThereOnceWhateverDiesAndChangesMeanwhile() throws Exception {
    put(-1);
    // Well before: S3's clock and ours may differ by some seconds.
    Files.setLastModifiedTime(
        folder.resolve("s3/landing/" + key(-1)), FileTime.from(Instant.now().minusSeconds(60)));
    String table = penstock.newTable("fed");
    settings(1_000_000);
    JsonNode begun = until(shown -> shown.path("state").asText().equals("running"));
    List<Integer> order = IntStream.range(0, OBJECTS).boxed().collect(Collectors.toList());
    Collections.shuffle(order, new Random(7));

    say("the job runs");

    put(order, 0, 1);
    cluster.kill("taskmanager-1");
    put(order, 1, 2);
    cluster.start("taskmanager-1");
    cluster.kill("control-api");
    put(order, 2, 3);
    cluster.start("control-api");
    cluster.awaitControlApi();
    say("the control API is back");
    settings(40);
    put(order, 3, 4);
    say("all objects have been put");
    JsonNode shown = until(s -> s.at("/counters/files_done").asInt() >= OBJECTS);
    say("all objects are loaded");

    assertThat(penstock.ids(table))
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(0, (long) OBJECTS * ROWS_EACH).boxed().toList());
    assertThat(shown.at("/counters/rows_written").asLong()).isEqualTo((long) OBJECTS * ROWS_EACH);
    assertThat(shown.at("/counters/files_waiting").asLong()).isZero();
    assertThat(shown.path("lag_seconds").asLong()).isZero();
    assertThat(shown.at("/jobs/0/uuid")).isEqualTo(begun.at("/jobs/0/uuid"));
  }

  private static void say(String what) {
    System.out.printf(
        "autoingest: %d objects: %s after %d s%n",
        OBJECTS, what, (System.nanoTime() - began) / 1_000_000_000);
  }

  private static void put(List<Integer> order, int from, int to) throws Exception {
    for (int object : order.subList(OBJECTS * from / 4, OBJECTS * to / 4)) {
      put(object);
    }
  }

  /** An object with ids of its own; those of object -1 are below zero. */
  private static void put(int object) throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ROWS_EACH; i++) {
      text.append("{\"id\":").append((long) object * ROWS_EACH + i);
      text.append(",\"at\":").append(1_760_000_000 + i).append(",\"name\":\"n\"}\n");
    }
    penstock.put(key(object), PenstockProcess.gzip(text.toString()));
  }

  private static String key(int object) {
    return "arriving/%05d.json.gz".formatted(object + 1);
  }

  /** The path of the table, which is the only one. */
  private static String table() throws Exception {
    String projects = "/config/v1/orgs/" + first("/config/v1/orgs/") + "/projects/";
    String tables = projects + first(projects) + "/tables/";
    return tables + first(tables);
  }

  private static String first(String collection) throws Exception {
    return penstock.get(collection).get(0).path("uuid").asText();
  }

  private static void settings(int maxRows) throws Exception {
    JsonNode changed =
        penstock.ask(
            "PATCH",
            table(),
            """
            {"settings": {"autoingest": [{"enabled": true, "source": "s3://landing/arriving/", "transform": "events",
              "pattern": "\\\\.json\\\\.gz$", "max_rows_per_partition": %d}]}}"""
                .formatted(maxRows));
    assertThat(changed.at("/settings/autoingest/0/max_rows_per_partition").asInt())
        .isEqualTo(maxRows);
  }

  private static JsonNode until(Predicate<JsonNode> condition) throws Exception {
    return await().atMost(PATIENCE).until(AutoingestITCase::shown, condition);
  }

  private static JsonNode shown() throws Exception {
    return penstock.get(table() + "/autoingest/").get(0);
  }
}
