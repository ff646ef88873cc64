package io.penstock.control.arrivals;

import io.penstock.spec.S3Access;
import java.io.IOException;
import java.util.List;

/** Lists buckets. Thread-safe. */
public interface Listing {
  /**
   * @param after the last key that is not wanted; empty to begin
   * @return in key order
   */
  Page page(S3Access access, String bucket, String prefix, String after) throws IOException;

  /**
   * @param last whether nothing follows
   */
  record Page(List<Found> objects, boolean last) {
    public Page {
      objects = List.copyOf(objects);
    }
  }
}
