package io.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Looks at a job again and again, on a thread of its own, for what must never happen. */
public final class ProgressWatch implements AutoCloseable {
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
  private final Thread thread;
  private volatile boolean closed;

  private ProgressWatch(PenstockProcess penstock, String id) {
    this.penstock = penstock;
    this.id = id;
    this.thread = new Thread(this::look, "progress-watch");
  }

  public static ProgressWatch of(PenstockProcess penstock, String id) {
    ProgressWatch watch = new ProgressWatch(penstock, id);
    watch.thread.start();
    return watch;
  }

  private void look() {
    while (!closed) {
      try {
        seen.add(penstock.job(id));
        Thread.sleep(PAUSE_MILLIS);
      } catch (Exception e) {
        // It may be down for a moment, which is no progress.
        Thread.onSpinWait();
      }
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
    closed = true;
    thread.join();
  }
}
