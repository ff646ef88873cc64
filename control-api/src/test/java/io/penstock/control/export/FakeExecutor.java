package io.penstock.control.export;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** Runs nothing: attempts end as a test says, and what is visible is counted. */
public final class FakeExecutor implements RunExecutor {
  private final Deque<RunFailure> failures = new ArrayDeque<>();
  private final List<String> started = new ArrayList<>();
  private final Map<DataInterval, UUID> visible = new HashMap<>();
  private final Set<UUID> abandoned = new HashSet<>();
  private long rows = 10;
  private Predicate<ExportRun> blocked = run -> false;
  private boolean room = true;
  private boolean canceledInFlink;
  private int lostCommits;
  private int stubborn;
  private final List<String> stops = new ArrayList<>();

  /** Attempts from now on do not end. */
  public void block() {
    block(run -> true);
  }

  /** Attempts of these runs do not end. */
  public void block(Predicate<ExportRun> which) {
    blocked = which;
  }

  public void unblock() {
    block(run -> false);
  }

  public void hasNoRoom(boolean none) {
    room = !none;
  }

  /** The next attempt that ends does so like this. */
  public void failNext(RunFailure.Cause cause, String type, String message) {
    failures.add(new RunFailure(cause, type, message));
  }

  public void canceledInFlink() {
    canceledInFlink = true;
  }

  /** The answers of the next commits are lost; what they did is done. */
  public void loseCommits(int times) {
    lostCommits = times;
  }

  /** What is to be stopped goes on, for so many times. */
  public void doNotStop(int times) {
    stubborn = times;
  }

  /** How attempts were to be stopped. */
  public List<String> stops() {
    return List.copyOf(stops);
  }

  public void rows(long each) {
    rows = each;
  }

  /** Run and attempt. */
  public List<String> started() {
    return List.copyOf(started);
  }

  public Set<UUID> abandoned() {
    return Set.copyOf(abandoned);
  }

  /** Which run's files are there, by interval. */
  public Map<DataInterval, UUID> visible() {
    return Map.copyOf(visible);
  }

  @Override
  public boolean hasRoom() {
    return room;
  }

  @Override
  public Sight start(ExportRun run) {
    started.add(run.id() + " " + run.attempt());
    return new Sight.Running(ExportRun.Counts.NONE);
  }

  @Override
  public Sight look(ExportRun run) {
    if (blocked.test(run)) {
      return new Sight.Running(ExportRun.Counts.of(3, 30, Optional.of(rows)));
    }
    if (canceledInFlink) {
      canceledInFlink = false;
      return new Sight.Canceled();
    }
    return failures.isEmpty()
        ? new Sight.Written(ExportRun.Counts.of(rows, rows * 10, Optional.of(rows)))
        : new Sight.Failed(failures.remove());
  }

  @Override
  public Committed commit(ExportRun run) {
    visible.put(run.interval(), run.id());
    if (lostCommits > 0) {
      lostCommits--;
      return new Committed.Later("no answer");
    }
    List<Ledger.File> files =
        rows == 0
            ? List.of()
            : List.of(new Ledger.File("p/file.jsonl", rows, rows * 10, "etag", "0".repeat(64)));
    return new Committed.Done(
        new Ledger.Entry(
            run.id(), run.interval(), rows, rows * 10, rows, "p/m.json", false, files));
  }

  @Override
  public boolean abandon(ExportRun run, boolean gently) {
    stops.add(gently ? "stop" : "cancel");
    if (stubborn > 0) {
      stubborn--;
      return false;
    }
    abandoned.add(run.id());
    return true;
  }
}
