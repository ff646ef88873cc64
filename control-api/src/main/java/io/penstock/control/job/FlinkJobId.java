package io.penstock.control.job;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The Flink job id of an attempt, known before Flink is asked: asking again finds. */
public final class FlinkJobId {
  private FlinkJobId() {}

  /** 32 hexadecimal digits. */
  public static String of(UUID job, int attempt) {
    return derived("attempt", job, attempt).toString().replace("-", "");
  }

  /** Names the one savepoint that stops an attempt. */
  public static UUID stopTrigger(UUID job, int attempt, int tries) {
    return derived("stop-" + tries, job, attempt);
  }

  private static UUID derived(String what, UUID job, int attempt) {
    return UUID.nameUUIDFromBytes(
        (what + ":" + job + ":" + attempt).getBytes(StandardCharsets.UTF_8));
  }
}
