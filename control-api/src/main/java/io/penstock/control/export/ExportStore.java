package io.penstock.control.export;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The port to where exports are kept. Thread-safe. */
public interface ExportStore {
  void insert(Export export);

  /** Also one that has been deleted. */
  Optional<Export> find(UUID id);

  /** Those that have not been deleted, newest first. */
  List<Export> list(UUID organization);

  /** Of all organizations, those that have not been deleted. */
  List<UUID> all();

  /**
   * @return the export with its new version
   * @throws ExportException.Stale if it has been changed since it was read
   */
  Export update(Export export);

  /**
   * Updates the export and adds runs, all or nothing. A run of the schedule whose interval's end
   * and retry there are already is left out.
   *
   * @return the runs that were added
   * @throws ExportException.Stale if the export has been changed since it was read
   */
  List<ExportRun> fire(Export export, List<ExportRun> runs);
}
