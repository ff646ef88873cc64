package io.penstock.control.export;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** An agenda whose time a test sets: what is due is looked at when the test says so. */
public final class FakeAgenda implements Agenda {
  private final Map<Matter, Map<UUID, Instant>> entries = new EnumMap<>(Matter.class);
  private final Map<Matter, Function<UUID, Optional<Instant>>> steps = new EnumMap<>(Matter.class);
  private final TestClock clock;

  public FakeAgenda(TestClock clock) {
    this.clock = clock;
    for (Matter matter : Matter.values()) {
      entries.put(matter, new HashMap<>());
    }
  }

  /** What is looked at how. */
  public void with(ExportPorts ports) {
    steps.put(Matter.SCHEDULE, new ScheduleStep(ports)::step);
    steps.put(Matter.RUN, new RunStep(ports)::step);
    steps.put(Matter.BACKFILL, new BackfillStep(ports)::step);
  }

  /** What else is looked at. */
  public void with(Matter matter, Function<UUID, Optional<Instant>> step) {
    steps.put(matter, step);
  }

  @Override
  public void at(Matter matter, UUID id, Instant when) {
    entries.get(matter).put(id, when);
  }

  @Override
  public void ensure(Matter matter, UUID id, Instant when) {
    entries.get(matter).putIfAbsent(id, when);
  }

  @Override
  public void remove(Matter matter, UUID id) {
    entries.get(matter).remove(id);
  }

  /** When it is looked at; absent if it is not on the agenda. */
  public Optional<Instant> next(Matter matter, UUID id) {
    return Optional.ofNullable(entries.get(matter).get(id));
  }

  private record Due(Matter matter, UUID id, Instant when) {}

  private Optional<Due> first(Instant until) {
    return entries.entrySet().stream()
        .flatMap(
            matter ->
                matter.getValue().entrySet().stream()
                    .map(e -> new Due(matter.getKey(), e.getKey(), e.getValue())))
        .filter(due -> !due.when().isAfter(until))
        .min(Comparator.comparing(Due::when).thenComparing(Due::matter).thenComparing(Due::id));
  }

  /** Looks at everything that falls due up to then, in its order; the clock is there afterwards. */
  public void runUntil(Instant until) {
    Optional<Due> due = first(until);
    while (due.isPresent()) {
      if (due.get().when().isAfter(clock.instant())) {
        clock.set(due.get().when());
      }
      look(due.get());
      due = first(until);
    }
    if (until.isAfter(clock.instant())) {
      clock.set(until);
    }
  }

  private void look(Due due) {
    entries.get(due.matter()).remove(due.id());
    steps.get(due.matter()).apply(due.id()).ifPresent(next -> ensure(due.matter(), due.id(), next));
  }
}
