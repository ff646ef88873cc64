package io.penstock.control.export;

import io.penstock.control.catalog.Partition;
import io.penstock.control.catalog.TableContents;
import java.time.Instant;
import java.util.Optional;

/** Estimates by what is known of a table's files; none is opened. Thread-safe. */
public final class Estimate implements RowEstimate {
  private final ExportModels models;
  private final TableContents contents;

  public Estimate(ExportModels models, TableContents contents) {
    this.models = models;
    this.contents = contents;
  }

  @Override
  public Optional<Found> of(Export export, Optional<Instant> start, Instant end) {
    Optional<ExportModel> model =
        models.find(export.organization(), export.project(), export.model());
    Optional<String> column = model.flatMap(ExportModel::intervalColumn);
    if (column.isEmpty()) {
      return Optional.empty();
    }
    long rows = 0;
    Instant earliest = end;
    for (Partition file : contents.partitions(model.get().table())) {
      Partition.Range times = file.times().get(column.get());
      if (times == null) {
        // Its times are unknown, so it may have any.
        rows += file.rows();
        earliest = start.orElse(Instant.EPOCH);
      } else if (times.min().isBefore(end) && start.filter(times.max()::isBefore).isEmpty()) {
        rows += file.rows();
        earliest = times.min().isBefore(earliest) ? times.min() : earliest;
      }
    }
    Instant first = start.filter(earliest::isBefore).orElse(earliest);
    return Optional.of(new Found(rows, rows == 0 ? Optional.empty() : Optional.of(first)));
  }
}
