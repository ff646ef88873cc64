package io.penstock.control.export;

import io.penstock.control.catalog.Partition;
import io.penstock.control.catalog.TableContents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows that came for an interval after its run had been ordered, by what is known of a table's
 * files: filters do not count, and a file that also has rows of other times counts as a whole.
 * Thread-safe.
 */
public final class LateRows {
  private final ExportModels models;
  private final TableContents contents;

  public LateRows(ExportModels models, TableContents contents) {
    this.models = models;
    this.contents = contents;
  }

  /**
   * @param rows at most so many
   */
  public record Late(DataInterval interval, long rows) {}

  /**
   * @param orderedAt when an entry's run was ordered
   */
  List<Late> of(Export export, List<Ledger.Entry> entries, OrderedAt orderedAt) {
    Optional<ExportModel> model =
        models.find(export.organization(), export.project(), export.model());
    Optional<String> column = model.flatMap(ExportModel::intervalColumn);
    if (column.isEmpty()) {
      return List.of();
    }
    List<Partition> files = contents.partitions(model.get().table());
    List<Late> late = new ArrayList<>();
    for (Ledger.Entry entry : entries) {
      long rows =
          files.stream()
              .filter(
                  file -> orderedAt.of(entry).filter(at -> !file.added().isBefore(at)).isPresent())
              .filter(file -> touches(file.times().get(column.get()), entry.interval()))
              .mapToLong(Partition::rows)
              .sum();
      if (rows > 0) {
        late.add(new Late(entry.interval(), rows));
      }
    }
    return late;
  }

  /** When the run of an entry was ordered. */
  interface OrderedAt {
    Optional<Instant> of(Ledger.Entry entry);
  }

  private static boolean touches(Partition.Range times, DataInterval interval) {
    return times != null
        && times.min().isBefore(interval.end())
        && interval.start().filter(times.max()::isBefore).isEmpty();
  }
}
