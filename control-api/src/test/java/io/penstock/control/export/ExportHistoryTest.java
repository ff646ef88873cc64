package io.penstock.control.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.control.export.RunFailure.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Exports over days, with their runs and backfills, in the time of the test. */
final class ExportHistoryTest {
  private static final UUID ORGANIZATION = new UUID(1, 1);
  private static final UUID PROJECT = new UUID(1, 2);

  private final TestClock clock = new TestClock("2026-01-05T10:20:00Z");
  private final FakeStores stores = new FakeStores();
  private final FakeAgenda agenda = new FakeAgenda(clock);
  private final FakeExecutor executor = new FakeExecutor();
  private final FakeLedger ledger = new FakeLedger();
  private final List<String> alarms = new ArrayList<>();
  private Optional<RowEstimate.Found> estimate =
      Optional.of(new RowEstimate.Found(10, Optional.of(Instant.EPOCH)));
  private final ExportPorts ports = ports(0, 1);
  private final Exports exports = new Exports(ports);
  private final Runs runs = new Runs(ports);
  private final Backfills backfills = new Backfills(ports);

  private ExportPorts ports(int maxAttempts, int runRetries) {
    ExportRules rules =
        new ExportRules(
            true,
            true,
            true,
            2,
            true,
            3,
            maxAttempts,
            runRetries,
            new StartDelay(false, Optional.of(Duration.ofMinutes(1))),
            Duration.ofDays(365));
    ExportPorts made =
        new ExportPorts(
            stores.ofExports,
            stores.ofRuns,
            stores.ofBackfills,
            stores.log,
            ledger,
            agenda,
            (event, export, instance, message) -> alarms.add(event.toString()),
            executor,
            (export, start, end) -> estimate,
            rules,
            clock);
    agenda.with(made);
    return made;
  }

  private Export hourly() {
    return exports.create(
        ORGANIZATION,
        PROJECT,
        new Export.Settings(
            "e",
            "events",
            new Destination(Destination.Type.INLINE, Optional.empty(), "{}", Optional.empty()),
            new Grid(Frequency.HOUR, "UTC", 0, 0),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private static Instant at(String time) {
    return Instant.parse("2026-01-05T" + time + "Z");
  }

  private void until(String time) {
    agenda.runUntil(at(time));
  }

  private List<String> history() {
    return stores.runs().stream()
        .map(
            run ->
                run.interval().start().map(s -> s.toString().substring(11, 13)).orElse("")
                    + "-"
                    + run.interval().end().toString().substring(11, 13)
                    + " "
                    + run.state()
                    + run.latestError().map(error -> " " + error).orElse(""))
        .toList();
  }

  @Test
  void everyIntervalIsRunAndTheLogTellsIt() {
    hourly();

    until("13:30:00");

    assertThat(history()).containsExactly("10-11 COMPLETED", "11-12 COMPLETED", "12-13 COMPLETED");
    assertThat(stores.lines.subList(0, 3))
        .containsExactly(
            "INFO Run for 2026-01-05T10:00:00+00:00 to 2026-01-05T11:00:00+00:00 started (attempt 1)",
            "INFO File 0 committed: p/file.jsonl, 10 rows, 100 bytes",
            "INFO Run for 2026-01-05T10:00:00+00:00 to 2026-01-05T11:00:00+00:00 completed: 10 rows,"
                + " 100 bytes, 1 files");
    assertThat(stores.runs().get(0).counts())
        .isEqualTo(ExportRun.Counts.of(10, 100, Optional.of(10L)));
    assertThat(stores.runs().get(0).createdAt()).isEqualTo(at("11:01:00"));
  }

  @Test
  void aFailureThatPassesIsTriedAgainLaterAndLater() {
    hourly();
    for (int i = 0; i < 4; i++) {
      executor.failNext(Cause.WRITING, "SlowDown", "reduce your request rate");
    }

    until("11:01:05");
    ExportRun waiting = stores.runs().get(0);
    assertThat(waiting.state()).isEqualTo(RunState.RUNNING);
    assertThat(waiting.latestError()).contains("SlowDown: reduce your request rate");
    until("11:40:00");

    assertThat(history()).containsExactly("10-11 COMPLETED");
    assertThat(executor.started()).hasSize(5);
    assertThat(stores.lines)
        .contains(
            "WARNING Attempt 1 failed, next in 1 s: SlowDown: reduce your request rate",
            "WARNING Attempt 4 failed, next in 8 s: SlowDown: reduce your request rate");
    assertThat(alarms).isEmpty();
  }

  @Test
  void waitsDoubleUpToABoundThatDependsOnTheSide() {
    assertThat(RunEnding.backoff(1, Cause.READING)).isEqualTo(Duration.ofSeconds(1));
    assertThat(RunEnding.backoff(10, Cause.READING)).isEqualTo(Duration.ofSeconds(512));
    assertThat(RunEnding.backoff(11, Cause.READING)).isEqualTo(Duration.ofMinutes(10));
    assertThat(RunEnding.backoff(12, Cause.WRITING)).isEqualTo(Duration.ofSeconds(2_048));
    assertThat(RunEnding.backoff(900, Cause.WRITING)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void whenAttemptsAreUsedUpTheScheduleMakesAnotherRunOnce() {
    ports(2, 1);
    hourly();
    for (int i = 0; i < 4; i++) {
      executor.failNext(Cause.WRITING, "SlowDown", "later");
    }

    until("11:30:00");

    assertThat(history())
        .containsExactly(
            "10-11 FAILED_RETRYABLE SlowDown: later", "10-11 FAILED_RETRYABLE SlowDown: later");
    assertThat(stores.runs().get(1).retry()).isEqualTo(1);
    assertThat(alarms).containsExactly("RUN_FAILED", "RUN_FAILED", "COVERAGE_GAP");
  }

  @Test
  void threeFailuresAmongTheLastRunsPauseTheExportAndItsBackfills() {
    Export export = hourly();
    until("11:30:00");
    executor.failNext(Cause.USER, "NoSuchBucket", "gone");
    until("12:30:00");
    until("13:30:00");
    executor.failNext(Cause.USER, "NoSuchBucket", "gone");
    until("14:30:00");
    executor.block();
    Backfill backfill = backfills.create(export, Optional.of(at("01:00:00")), at("05:00:00"));
    until("14:31:00");
    until("15:01:30");
    executor.unblock();
    executor.failNext(Cause.USER, "NoSuchBucket", "gone");
    ExportRun scheduled =
        stores.runs().stream()
            .filter(run -> run.interval().end().equals(at("15:00:00")))
            .findFirst()
            .orElseThrow();
    new RunStep(ports).step(scheduled.id());

    Export paused = exports.find(export.id()).orElseThrow();
    assertThat(paused.paused()).isTrue();
    assertThat(paused.lastPausedAt()).isPresent();
    assertThat(backfills.find(export.id(), backfill.id()).orElseThrow().state())
        .isEqualTo(BackfillState.CANCELLED);
    assertThat(stores.lines)
        .contains(
            "WARNING Paused after 3 failed runs among the last 24. Fix the cause, then unpause",
            "WARNING 1 running backfills were cancelled with it");
    assertThat(alarms)
        .filteredOn(alarm -> !alarm.equals("COVERAGE_GAP"))
        .containsExactly("RUN_FAILED", "RUN_FAILED", "RUN_FAILED", "EXPORT_PAUSED");
    // Of the three, and of the backfill's run that was cancelled.
    assertThat(alarms).filteredOn(alarm -> alarm.equals("COVERAGE_GAP")).hasSize(4);
    until("23:00:00");
    assertThat(stores.runs())
        .filteredOn(run -> run.interval().end().isAfter(at("15:00:00")))
        .isEmpty();
  }

  @Test
  void aRunThatIsCancelledIsGivenUpAndOneThatIsCommittedCannotBe() {
    hourly();
    executor.block();
    until("11:05:00");
    ExportRun run = stores.runs().get(0);
    assertThat(run.counts()).isEqualTo(ExportRun.Counts.of(3, 30, Optional.of(10L)));

    runs.cancel(run.id());

    assertThat(history()).containsExactly("10-11 CANCELLED Cancelled");
    assertThat(stores.runs().get(0).counts().rows()).isEmpty();
    until("11:06:00");
    assertThat(executor.abandoned()).containsExactly(run.id());
    assertThatThrownBy(() -> runs.cancel(run.id())).isInstanceOf(ExportException.Over.class);
    executor.unblock();
    executor.loseCommits(3);
    until("12:01:02");
    UUID second = stores.runs().get(1).id();
    assertThat(stores.runs().get(1).committing()).isTrue();
    assertThatThrownBy(() -> runs.cancel(second)).isInstanceOf(ExportException.Over.class);
    until("12:05:00");
    assertThat(history()).containsExactly("10-11 CANCELLED Cancelled", "11-12 COMPLETED");
  }

  @Test
  void aCancelledRunIsStoppedGentlyAndCanceledIfItDoesNotStop() {
    hourly();
    executor.block();
    until("11:05:00");
    executor.doNotStop(7);

    runs.cancel(stores.runs().get(0).id());

    until("11:05:20");
    assertThat(executor.stops()).containsOnly("stop").hasSizeGreaterThan(3);
    assertThat(executor.abandoned()).isEmpty();
    until("11:20:00");
    assertThat(executor.stops()).hasSize(8).endsWith("cancel");
    assertThat(executor.abandoned()).containsExactly(stores.runs().get(0).id());
    assertThat(executor.visible()).isEmpty();
  }

  @Test
  void aCommitThatHasToWaitIsTriedSeldomerAndSeldomer() {
    hourly();
    executor.loseCommits(6);

    until("11:30:00");

    assertThat(history()).containsExactly("10-11 COMPLETED");
    assertThat(stores.lines)
        .filteredOn(line -> line.contains("cannot be made visible yet"))
        .hasSize(6)
        .startsWith("WARNING The files cannot be made visible yet, next try in 1 s: no answer")
        .endsWith("WARNING The files cannot be made visible yet, next try in 16 s: no answer");
  }

  @Test
  void somebodyElsesCancelAndTooLongARunHaveNamesOfTheirOwn() {
    Export export = hourly();
    executor.canceledInFlink();
    until("11:30:00");
    executor.block();
    until("12:30:00");
    exports.pause(export.id());
    agenda.runUntil(at("12:30:00").plus(Duration.ofHours(62)));

    assertThat(history().get(0)).startsWith("10-11 TERMINATED Terminated: ");
    assertThat(history().get(1)).startsWith("11-12 TIMED_OUT TimedOut: ");
    assertThat(stores.lines).anyMatch(line -> line.contains("AttemptTimeoutError"));
  }

  @Test
  void withoutRoomARunWaitsAndHasNotBegun() {
    hourly();
    executor.hasNoRoom(true);
    until("11:10:00");
    assertThat(stores.runs().get(0).state()).isEqualTo(RunState.STARTING);

    executor.hasNoRoom(false);
    until("11:11:00");

    assertThat(history()).containsExactly("10-11 COMPLETED");
  }

  @Test
  void aBackfillRunsWholeIntervalsOneAfterAnother() {
    Export export = hourly();
    Backfill backfill = backfills.create(export, Optional.of(at("00:30:00")), at("02:30:00"));

    until("10:40:00");

    Backfill done = backfills.find(export.id(), backfill.id()).orElseThrow();
    assertThat(done.state()).isEqualTo(BackfillState.COMPLETED);
    assertThat(done.adjustedStartAt()).contains(at("00:00:00"));
    assertThat(done.totalRows()).contains(20L);
    assertThat(history()).containsExactly("00-01 COMPLETED", "01-02 COMPLETED");
    assertThat(stores.runs()).allMatch(run -> run.backfill().equals(Optional.of(backfill.id())));
    assertThat(backfills.finishedRuns(done)).isEqualTo(2);
    assertThat(alarms).containsExactly("BACKFILL_FINISHED");
  }

  @Test
  void aBackfillBeginsWhereTheDataDoesAndWithoutDataIsDone() {
    Export export = hourly();
    estimate = Optional.of(new RowEstimate.Found(5, Optional.of(at("03:20:00"))));
    Backfill late = backfills.create(export, Optional.of(at("00:00:00")), at("05:00:00"));
    until("10:40:00");
    estimate = Optional.of(new RowEstimate.Found(0, Optional.empty()));
    Backfill none = backfills.create(export, Optional.of(at("00:00:00")), at("05:00:00"));
    until("10:50:00");

    assertThat(backfills.find(export.id(), late.id()).orElseThrow().adjustedStartAt())
        .contains(at("03:00:00"));
    assertThat(history()).containsExactly("03-04 COMPLETED", "04-05 COMPLETED");
    Backfill empty = backfills.find(export.id(), none.id()).orElseThrow();
    assertThat(empty.state()).isEqualTo(BackfillState.COMPLETED);
    assertThat(empty.totalRows()).contains(0L);
  }

  @Test
  void everythingFromTheBeginningIsOneRun() {
    Export export = hourly();
    Backfill all = backfills.create(export, Optional.empty(), at("05:30:00"));

    until("10:40:00");

    assertThat(history()).containsExactly("-05 COMPLETED");
    assertThat(backfills.find(export.id(), all.id()).orElseThrow().state())
        .isEqualTo(BackfillState.COMPLETED);
  }

  @Test
  void aFailedRunDoesNotStopABackfill() {
    Export export = hourly();
    executor.failNext(Cause.USER, "ClientError", "no");
    Backfill backfill = backfills.create(export, Optional.of(at("00:00:00")), at("02:00:00"));

    until("10:40:00");

    assertThat(history()).containsExactly("00-01 FAILED ClientError: no", "01-02 COMPLETED");
    Backfill done = backfills.find(export.id(), backfill.id()).orElseThrow();
    assertThat(done.state()).isEqualTo(BackfillState.COMPLETED);
    assertThat(done.totalRows()).contains(10L);
  }

  @Test
  void aRetryOfARunInFlightWaitsForItAndStartsNoSecondOne() {
    Export export = hourly();
    executor.block();
    until("11:05:00");
    ExportRun run = stores.runs().get(0);

    Backfill retry = backfills.retry(export, run);
    until("11:10:00");
    assertThat(stores.runs()).hasSize(1);
    executor.unblock();
    until("11:20:00");

    assertThat(history()).containsExactly("10-11 COMPLETED");
    assertThat(backfills.find(export.id(), retry.id()).orElseThrow().state())
        .isEqualTo(BackfillState.COMPLETED);
    Backfill again = backfills.retry(export, run);
    until("11:30:00");
    assertThat(stores.runs()).hasSize(2);
    assertThat(stores.runs().get(1).backfill()).contains(again.id());
    assertThat(executor.visible()).containsEntry(run.interval(), stores.runs().get(1).id());
  }

  @Test
  void aCancelledBackfillStartsNothingMore() {
    Export export = hourly();
    executor.block();
    Backfill backfill = backfills.create(export, Optional.of(at("00:00:00")), at("05:00:00"));
    until("10:30:00");

    backfills.cancel(backfill.id());
    executor.unblock();
    until("10:50:00");

    assertThat(history()).containsExactly("00-01 CANCELLED Cancelled");
    assertThat(backfills.find(export.id(), backfill.id()).orElseThrow().state())
        .isEqualTo(BackfillState.CANCELLED);
  }

  @Test
  void aPauseThatIsBackfilledLeavesNoHole() {
    Export export = hourly();
    exports.pause(export.id());
    until("13:40:00");

    exports.unpause(export.id(), true);
    until("14:30:00");

    assertThat(history())
        .containsExactly(
            "10-11 COMPLETED", "11-12 COMPLETED", "12-13 COMPLETED", "13-14 COMPLETED");
    Backfill pause = stores.backfills().get(0);
    assertThat(pause.startAt()).contains(at("10:20:00"));
    assertThat(pause.endAt()).isEqualTo(at("13:40:00"));
  }

  @Test
  void whatRunsKeepsTheConfigurationItBeganWith() {
    Export export = hourly();
    executor.block();
    until("11:05:00");
    exports.change(
        export.id(),
        s ->
            new Export.Settings(
                "renamed",
                s.model(),
                s.destination(),
                s.grid(),
                s.paused(),
                s.startAt(),
                s.endAt(),
                s.query(),
                s.filters()));
    until("12:05:00");

    assertThat(stores.runs().get(0).order().orElseThrow().title()).isEqualTo("e");
    assertThat(stores.runs().get(1).order().orElseThrow().title()).isEqualTo("renamed");
  }

  @Test
  void deletingStopsWhatRuns() {
    Export export = hourly();
    executor.block();
    Backfill backfill = backfills.create(export, Optional.of(at("00:00:00")), at("05:00:00"));
    until("11:05:00");

    exports.delete(export.id());
    until("20:00:00");

    assertThat(exports.find(export.id())).isEmpty();
    assertThat(exports.everFound(export.id())).isPresent();
    assertThat(stores.runs()).hasSize(2).allMatch(run -> run.state() == RunState.CANCELLED);
    assertThat(backfills.find(export.id(), backfill.id()).orElseThrow().state())
        .isEqualTo(BackfillState.CANCELLED);
  }

  /** Two replicas look at everything, in any order, and crash between any two writes. */
  @Test
  void twoReplicasRunEachIntervalOnce() {
    for (int seed = 0; seed < 100; seed++) {
      ExportHistoryTest world = new ExportHistoryTest();
      world.twoReplicas(new Random(seed), seed);
    }
  }

  private void twoReplicas(Random random, int seed) {
    Export export = hourly();
    ScheduleStep[] schedulers = {new ScheduleStep(ports), new ScheduleStep(ports)};
    RunStep[] runners = {new RunStep(ports), new RunStep(ports)};
    for (int i = 0; i < 300; i++) {
      clock.pass(Duration.ofSeconds(random.nextInt(900)));
      if (random.nextInt(4) == 0) {
        executor.failNext(random.nextBoolean() ? Cause.READING : Cause.WRITING, "Error", "passes");
      }
      if (random.nextInt(10) == 0) {
        executor.loseCommits(1 + random.nextInt(3));
      }
      schedulers[random.nextInt(2)].step(export.id());
      for (UUID run : stores.ofRuns.active()) {
        runners[random.nextInt(2)].step(run);
      }
    }
    Set<Instant> ends = new HashSet<>();
    Instant expected = at("10:00:00");
    for (ExportRun run : stores.runs()) {
      assertThat(run.interval().start()).as("seed %d", seed).contains(expected);
      assertThat(ends.add(run.interval().end())).isTrue();
      expected = run.interval().end();
      if (run.state() == RunState.COMPLETED) {
        assertThat(executor.visible()).containsEntry(run.interval(), run.id());
        assertThat(ledger.ofRun(run.id())).isPresent();
      }
    }
    assertThat(expected).isAfter(clock.instant().minus(Duration.ofMinutes(62)));
    assertThat(stores.runs().stream().filter(run -> run.state() == RunState.COMPLETED).count())
        .isGreaterThan(20);
  }
}
