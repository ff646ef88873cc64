package io.penstock.control.export;

import java.time.Instant;
import java.util.Optional;

/** Knows about how many rows an export has in a range, without reading them. Thread-safe. */
public interface RowEstimate {
  /**
   * @param start absent for everything before the end
   * @return absent if nobody can tell
   */
  Optional<Found> of(Export export, Optional<Instant> start, Instant end);

  /**
   * @param rows 0 only if there are certainly none
   * @param earliest no row of the range is before it; absent if there are none
   */
  record Found(long rows, Optional<Instant> earliest) {}
}
