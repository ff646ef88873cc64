package io.penstock.control.export;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a run exports, whatever becomes of the export meanwhile.
 *
 * @param title the export's name
 * @param frequency that the limits of an attempt follow
 * @param orderedAt what was added to the table later may not be in the run
 */
public record RunOrder(
    String title,
    UUID organization,
    UUID project,
    String model,
    Destination destination,
    Optional<String> query,
    Optional<String> filters,
    Frequency frequency,
    Instant orderedAt) {

  static RunOrder of(Export export, Instant now) {
    return new RunOrder(
        export.name(),
        export.organization(),
        export.project(),
        export.model(),
        export.destination(),
        export.query(),
        export.filters(),
        export.schedule().grid().frequency(),
        now);
  }
}
