package io.penstock.control.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Exports, runs, backfills and lines of the log, in memory. */
final class FakeStores {
  private final Map<UUID, Export> exports = new LinkedHashMap<>();
  private final Map<UUID, ExportRun> runs = new LinkedHashMap<>();
  private final Map<UUID, Backfill> backfills = new LinkedHashMap<>();
  final List<String> lines = new ArrayList<>();

  final ExportStore ofExports = new OfExports();
  final RunStore ofRuns = new OfRuns();
  final BackfillStore ofBackfills = new OfBackfills();
  final ExportLog log = new OfLines();

  List<ExportRun> runs() {
    return List.copyOf(runs.values());
  }

  List<Backfill> backfills() {
    return List.copyOf(backfills.values());
  }

  private static <T> T checked(UUID id, T stored, long storedVersion, long version, T next) {
    if (stored == null || storedVersion != version) {
      throw new ExportException.Stale(id, version);
    }
    return next;
  }

  private boolean add(ExportRun run) {
    boolean there =
        run.backfill().isEmpty()
            && runs.values().stream()
                .anyMatch(
                    one ->
                        one.backfill().isEmpty()
                            && one.export().equals(run.export())
                            && one.retry() == run.retry()
                            && one.interval().end().equals(run.interval().end()));
    if (!there) {
      runs.put(run.id(), run);
    }
    return !there;
  }

  private final class OfExports implements ExportStore {
    @Override
    public void insert(Export export) {
      exports.put(export.id(), export);
    }

    @Override
    public Optional<Export> find(UUID id) {
      return Optional.ofNullable(exports.get(id));
    }

    @Override
    public List<Export> list(UUID organization) {
      return exports.values().stream().filter(one -> !one.deleted()).toList();
    }

    @Override
    public List<UUID> all() {
      return List.copyOf(exports.keySet());
    }

    @Override
    public Export update(Export export) {
      Export stored = exports.get(export.id());
      Export next = export.withVersion(export.version() + 1);
      exports.put(
          export.id(), checked(export.id(), stored, stored.version(), export.version(), next));
      return next;
    }

    @Override
    public List<ExportRun> fire(Export export, List<ExportRun> fired) {
      update(export);
      return fired.stream().filter(FakeStores.this::add).toList();
    }
  }

  private final class OfRuns implements RunStore {
    @Override
    public boolean insert(ExportRun run) {
      return add(run);
    }

    @Override
    public Optional<ExportRun> find(UUID id) {
      return Optional.ofNullable(runs.get(id));
    }

    @Override
    public ExportRun update(ExportRun run) {
      ExportRun stored = runs.get(run.id());
      ExportRun next = run.withVersion(run.version() + 1);
      runs.put(run.id(), checked(run.id(), stored, stored.version(), run.version(), next));
      return next;
    }

    @Override
    public List<UUID> active() {
      return those(run -> !run.state().isFinal()).stream().map(ExportRun::id).toList();
    }

    @Override
    public List<ExportRun> active(UUID export) {
      return those(run -> run.export().equals(export) && !run.state().isFinal());
    }

    @Override
    public List<ExportRun> ofBackfill(UUID backfill) {
      return those(run -> run.backfill().filter(backfill::equals).isPresent());
    }

    @Override
    public List<ExportRun> lastChanged(UUID export, int most) {
      return those(run -> run.export().equals(export)).stream()
          .sorted(Comparator.comparing(ExportRun::updatedAt).reversed())
          .limit(most)
          .toList();
    }

    private List<ExportRun> those(Predicate<ExportRun> which) {
      return runs.values().stream().filter(which).toList();
    }

    @Override
    public List<ExportRun> page(RunStore.Wanted wanted) {
      throw new UnsupportedOperationException("pages are the database's");
    }
  }

  private final class OfBackfills implements BackfillStore {
    @Override
    public void insert(Backfill backfill, Optional<Integer> most) {
      if (most.isPresent() && countActive(backfill.project()) >= most.get()) {
        throw new ExportException.TooManyBackfills(most.get());
      }
      backfills.put(backfill.id(), backfill);
    }

    @Override
    public Optional<Backfill> find(UUID id) {
      return Optional.ofNullable(backfills.get(id));
    }

    @Override
    public Backfill update(Backfill backfill) {
      Backfill stored = backfills.get(backfill.id());
      Backfill next = backfill.withVersion(backfill.version() + 1);
      backfills.put(
          backfill.id(),
          checked(backfill.id(), stored, stored.version(), backfill.version(), next));
      return next;
    }

    @Override
    public List<UUID> active() {
      return backfills.values().stream()
          .filter(one -> !one.state().isFinal())
          .map(Backfill::id)
          .toList();
    }

    @Override
    public List<Backfill> active(UUID export) {
      return backfills.values().stream()
          .filter(one -> one.export().equals(export) && !one.state().isFinal())
          .toList();
    }

    @Override
    public int countActive(UUID project) {
      return active().size();
    }

    @Override
    public List<Backfill> page(
        UUID export, Order order, boolean descending, Optional<Place> after, int most) {
      throw new UnsupportedOperationException("pages are the database's");
    }
  }

  private final class OfLines implements ExportLog {
    @Override
    public void add(UUID export, UUID instance, Instant at, Level level, String message) {
      lines.add(level + " " + message);
    }

    @Override
    public List<Line> list(UUID export, ExportLog.Wanted wanted) {
      throw new UnsupportedOperationException("lists are the database's");
    }
  }
}
