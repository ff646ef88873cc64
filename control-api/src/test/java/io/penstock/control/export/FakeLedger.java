package io.penstock.control.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What was committed, in memory. */
public final class FakeLedger implements Ledger {
  private final Map<UUID, Map<DataInterval, Entry>> entries = new HashMap<>();

  @Override
  public void put(UUID export, Entry entry) {
    entries.computeIfAbsent(export, id -> new HashMap<>()).put(entry.interval(), entry);
  }

  @Override
  public List<Entry> list(UUID export, Instant start, Instant end) {
    List<Entry> found = new ArrayList<>();
    for (Entry entry : entries.getOrDefault(export, Map.of()).values()) {
      boolean begins = entry.interval().start().filter(at -> !at.isBefore(end)).isEmpty();
      if (begins && entry.interval().end().isAfter(start)) {
        found.add(entry);
      }
    }
    found.sort(Comparator.comparing(entry -> entry.interval().end()));
    return found;
  }

  @Override
  public Optional<Entry> of(UUID export, DataInterval interval) {
    return Optional.ofNullable(entries.getOrDefault(export, Map.of()).get(interval));
  }

  @Override
  public Optional<Entry> ofRun(UUID run) {
    return entries.values().stream()
        .flatMap(all -> all.values().stream())
        .filter(entry -> entry.run().equals(run))
        .findFirst();
  }
}
