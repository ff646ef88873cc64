package io.penstock.control.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.control.job.Progress;
import io.penstock.control.job.Progress.TaskState;
import io.penstock.spec.Accumulators;
import io.penstock.spec.PlanSummary;
import io.penstock.spec.TaskCounts;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProgressReportTest {
  private static final Optional<PlanSummary> PLAN =
      Optional.of(new PlanSummary(PlanSummary.VERSION, 1, 10, 12, 10, 1_000, true));

  private static Map<String, Long> accumulators(
      long tasksStarted, long tasksRead, long rows, long bytes) {
    return Map.of(
        Accumulators.TASKS_STARTED, tasksStarted,
        Accumulators.TASKS_READ, tasksRead,
        Accumulators.ROWS_READ, rows,
        Accumulators.ROWS_WRITTEN, rows,
        Accumulators.STORED_BYTES, bytes);
  }

  @Test
  void tasksAreDividedByState() {
    Progress progress = ProgressReport.live(Progress.NONE, PLAN, accumulators(6, 4, 50, 450), 0);

    assertThat(progress.tasks())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(TaskState.READY, 4, TaskState.RUNNING, 2, TaskState.DONE, 4));
    assertThat(progress.fraction()).isEqualTo(0.45);
    assertThat(progress.estimated()).isFalse();
  }

  @Test
  void beforeAPlanNothingIsKnown() {
    Progress progress = ProgressReport.live(Progress.NONE, Optional.empty(), Map.of(), 0);

    assertThat(progress.tasks()).isEmpty();
    assertThat(progress.estimated()).isTrue();
    assertThat(progress.fraction()).isZero();
  }

  @Test
  void rowsThatAreReadAgainDoNotMakeCountersFall() {
    Progress before = ProgressReport.live(Progress.NONE, PLAN, accumulators(6, 4, 50, 450), 0);

    Progress after = ProgressReport.live(before, PLAN, accumulators(5, 3, 40, 460), 0);

    assertThat(after.counts()).isEqualTo(new TaskCounts(50, 50, 0, 0, 0, 460, 0));
    assertThat(after.fraction()).isEqualTo(0.46);
  }

  @Test
  void allBytesReadIsNotYetFinished() {
    Progress progress =
        ProgressReport.live(Progress.NONE, PLAN, accumulators(10, 10, 99, 1_000), 0);

    assertThat(progress.fraction()).isLessThan(1).isGreaterThan(0.99);
  }
}
