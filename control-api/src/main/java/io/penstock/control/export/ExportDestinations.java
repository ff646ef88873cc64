package io.penstock.control.export;

import io.penstock.spec.export.Destination;

/** Opens destinations. */
@FunctionalInterface
public interface ExportDestinations {
  /** To be closed by the caller; asks nobody yet. */
  ExportDestination open(Destination destination);
}
