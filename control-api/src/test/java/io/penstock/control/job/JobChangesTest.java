package io.penstock.control.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Every change tried in every state. */
final class JobChangesTest {
  private static final Instant START = Instant.parse("2026-11-02T08:00:00Z");
  private static final Instant LATER = START.plusSeconds(10);
  private static final Principal CALLER = new Principal(UUID.randomUUID(), "ops");
  private static final CancelReceipt RECEIPT = new CancelReceipt(1, 2, 3, true, "");

  private static final Map<JobState, UnaryOperator<Job>> CHANGES = new EnumMap<>(JobState.class);

  static {
    CHANGES.put(JobState.SUBMITTING, job -> JobChanges.submitting(job, LATER));
    CHANGES.put(JobState.RUNNING, job -> JobChanges.running(job, LATER));
    CHANGES.put(JobState.RECONCILING, job -> JobChanges.reconciling(job, LATER));
    CHANGES.put(JobState.CANCELLING, job -> JobChanges.cancelling(job, LATER));
    CHANGES.put(
        JobState.CANCELED,
        job -> JobChanges.canceled(job, LATER, Progress.NONE, RECEIPT, Optional.of("file:s")));
    CHANGES.put(
        JobState.FAILED, job -> JobChanges.failed(job, LATER, Progress.NONE, List.of("why")));
    CHANGES.put(
        JobState.FINISHED, job -> JobChanges.finished(job, LATER, Progress.NONE, List.of()));
  }

  private static Job queued() {
    return new JobService(new FakeJobStore(), Clock.fixed(START, ZoneOffset.UTC), () -> {})
        .create(TestJobs.request(UUID.randomUUID(), "job"));
  }

  private static Job in(JobState state) {
    Job job = queued();
    if (state == JobState.QUEUED) {
      return job;
    }
    Job submitting = CHANGES.get(JobState.SUBMITTING).apply(job);
    return state == JobState.SUBMITTING ? submitting : CHANGES.get(state).apply(submitting);
  }

  @Test
  void onlyTheNextStatesCanBeReached() {
    int allowed = 0;
    for (JobState from : JobState.values()) {
      for (Map.Entry<JobState, UnaryOperator<Job>> change : CHANGES.entrySet()) {
        Job job = in(from);
        if (from.next().contains(change.getKey())) {
          allowed++;
          Job changed = change.getValue().apply(job);
          assertThat(changed.state()).isEqualTo(change.getKey());
          assertThat(changed.attempt().state()).isEqualTo(change.getKey());
          assertThat(changed.finishedAt().isPresent()).isEqualTo(change.getKey().isFinal());
        } else {
          assertThatThrownBy(() -> change.getValue().apply(job))
              .as("%s to %s", from, change.getKey())
              .isInstanceOf(JobException.IllegalTransition.class);
        }
      }
    }
    assertThat(allowed).isEqualTo(22);
  }

  @Test
  void onlyAFailedOrCanceledJobIsTakenUpAgain() {
    for (JobState state : JobState.values()) {
      if (state == JobState.FAILED || state == JobState.CANCELED) {
        Job again = JobChanges.retried(in(state), LATER, CALLER);
        assertThat(again.state()).isEqualTo(JobState.QUEUED);
        assertThat(again.attempts()).extracting(Attempt::number).containsExactly(1, 2);
        assertThat(again.attempts()).extracting(Attempt::flinkJobId).doesNotHaveDuplicates();
        assertThat(again.errors()).isEmpty();
        assertThat(again.cancelRequested()).isFalse();
      } else {
        assertThatThrownBy(() -> JobChanges.retried(in(state), LATER, CALLER))
            .isInstanceOf(JobException.IllegalTransition.class);
      }
    }
  }

  @Test
  void aRetryStartsFromTheSavepointAndKeepsTheTimeSpent() {
    Job canceled = in(JobState.CANCELED);
    Job again = JobChanges.retried(canceled, LATER.plusSeconds(100), CALLER);

    assertThat(again.attempt().startFrom()).contains("file:s");
    assertThat(again.elapsed(LATER.plusSeconds(105))).isEqualTo(Duration.ofSeconds(15));
  }
}
