package io.penstock.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.standalone.PenstockProcess;
import io.penstock.standalone.ProgressWatch;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of a real cluster die while a job runs; every row is there once all the same. */
final class ClusterITCase {
  private static final int OBJECTS = 50;
  private static final int ROWS_EACH = 4_000;
  private static final int KILLS = 3;

  @TempDir static Path folder;
  private static RealCluster cluster;
  private static PenstockProcess penstock;

  @BeforeAll
  static void up() throws Exception {
    cluster = RealCluster.up(folder, 2);
    penstock = cluster.client();
    Random random = new Random(5);
    long id = 0;
    for (int i = 0; i < OBJECTS; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < ROWS_EACH; j++) {
        text.append("{\"id\":").append(id++);
        text.append(",\"at\":").append(1_760_000_000 + random.nextInt(7_200));
        text.append(",\"name\":\"n").append(random.nextInt()).append("\"}\n");
      }
      penstock.put("in/part-%04d.json.gz".formatted(i), PenstockProcess.gzip(text.toString()));
    }
  }

  @AfterAll
  static void down() throws Exception {
    cluster.close();
  }

  @Test
  void killedTaskManagersCostNoRowAndDoubleNone() throws Exception {
    Random random = new Random(1);
    String table = penstock.newTable("tm");
    String id = penstock.submit(table, "tm", "s3://landing/in/");
    try (ProgressWatch watch = ProgressWatch.of(penstock, id)) {
      for (int i = 0; i < KILLS; i++) {
        penstock.awaitProgress(id);
        Thread.sleep(random.nextInt(1_000));
        String victim = "taskmanager-" + (1 + i % 2);
        cluster.kill(victim);
        cluster.start(victim);
      }

      assertExact(table, penstock.await(id, "done"));
      watch.assertSound();
    }
  }

  @Test
  void aKilledJobManagerCostsNoRowAndDoublesNone() throws Exception {
    Random random = new Random(2);
    String table = penstock.newTable("jm");
    String id = penstock.submit(table, "jm", "s3://landing/in/");
    for (int i = 0; i < KILLS; i++) {
      penstock.awaitProgress(id);
      Thread.sleep(random.nextInt(1_000));
      cluster.kill("jobmanager");
      cluster.start("jobmanager");
      cluster.awaitTaskManagers(2);
    }

    assertExact(table, penstock.await(id, "done"));
  }

  @Test
  void aKilledControlApiStartsNoJobTwice() throws Exception {
    Random random = new Random(3);
    String table = penstock.newTable("api");
    String id = penstock.submit(table, "control api", "s3://landing/in/");
    for (int i = 0; i < KILLS; i++) {
      Thread.sleep(random.nextInt(500));
      cluster.kill("control-api");
      cluster.start("control-api");
      cluster.awaitControlApi();
    }

    assertExact(table, penstock.await(id, "done"));
    assertThat(cluster.flinkJobs().split("control api", -1)).hasSize(2);
  }

  private static void assertExact(String table, JsonNode job) throws Exception {
    long rows = (long) OBJECTS * ROWS_EACH;
    assertThat(job.at("/details/counters/rows_written").asLong()).isEqualTo(rows);
    assertThat(job.at("/details/counters/files_done").asLong()).isEqualTo(OBJECTS);
    assertThat(penstock.ids(table)).hasSize((int) rows).doesNotHaveDuplicates();
  }
}
