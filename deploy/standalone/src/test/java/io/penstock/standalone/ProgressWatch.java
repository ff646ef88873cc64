package io.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a job again and again, on a thread of its own, for what must never happen. */
public final class ProgressWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressWatch.class);
  private static final long PAUSE_MILLIS = 100;
  private static final List<String> RISING =
      List.of(
          "/details/status_detail/percent_complete",
          "/details/counters/files_listed",
          "/details/counters/files_done",
          "/details/counters/bytes_read",
          "/details/counters/rows_read",
          "/details/counters/rows_written",
          "/details/counters/rows_rejected");

  private final PenstockProcess penstock;
  private final String id;
  private final List<JsonNode> seen = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();

  private ProgressWatch(PenstockProcess penstock, String id) {
    this.penstock = penstock;
    this.id = id;
  }

  public static ProgressWatch of(PenstockProcess penstock, String id) {
    ProgressWatch watch = new ProgressWatch(penstock, id);
    Future<?> unused =
        watch.looks.scheduleWithFixedDelay(watch::look, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    return watch;
  }

  private void look() {
    try {
      seen.add(penstock.job(id));
    } catch (Exception e) {
      LOG.debug("it may be down for a moment, which is no progress", e);
    }
  }

  /** Whether a state of INDEX tasks was seen. */
  boolean sawTasksIn(String state) {
    return seen.stream().anyMatch(job -> job.at("/details/status_detail/tasks/INDEX").has(state));
  }

  /** Of a job that is done by now. */
  public void assertSound() throws Exception {
    close();
    seen.add(penstock.job(id));
    for (String figure : RISING) {
      assertThat(seen.stream().map(job -> job.at(figure).asDouble()).toList())
          .as(figure)
          .isSorted();
    }
    assertThat(
            seen.stream()
                .map(job -> job.at("/details/status_detail/estimated").asBoolean() ? 0 : 1)
                .toList())
        .as("estimated turns false once")
        .isSorted()
        .endsWith(1);
    assertThat(seen)
        .as("percent_complete is 1 for the finished job alone")
        .allSatisfy(
            job ->
                assertThat(job.at("/details/status_detail/percent_complete").asDouble() == 1)
                    .isEqualTo(job.path("status").asText().equals("done")));
  }

  @Override
  public void close() throws InterruptedException {
    looks.shutdown();
    assertThat(looks.awaitTermination(1, TimeUnit.MINUTES)).as("the last look ends").isTrue();
  }
}
