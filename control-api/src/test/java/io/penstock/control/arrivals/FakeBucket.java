package io.penstock.control.arrivals;

import io.penstock.spec.S3Access;
import io.penstock.spec.Utf8Order;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A bucket that gives few keys at once, and sometimes does not answer. */
final class FakeBucket implements Listing {
  static final String NAME = "landing";
  private static final int KEYS_A_PAGE = 3;

  private final Faults faults;
  private final SortedMap<String, Found> objects = new TreeMap<>(Utf8Order.INSTANCE);

  FakeBucket(Faults faults) {
    this.faults = faults;
  }

  Found put(String key, Instant now) {
    Found object = new Found(NAME, key, "\"" + (key + now).hashCode() + "\"", 10, now);
    objects.put(key, object);
    return object;
  }

  void remove(String key) {
    objects.remove(key);
  }

  @Override
  public Page page(S3Access access, String bucket, String prefix, String after) throws IOException {
    faults.before("list");
    List<Found> found = new ArrayList<>();
    for (Found one : objects.values()) {
      if (one.key().startsWith(prefix) && Utf8Order.INSTANCE.compare(one.key(), after) > 0) {
        found.add(one);
      }
    }
    boolean last = found.size() <= KEYS_A_PAGE;
    return new Page(last ? found : found.subList(0, KEYS_A_PAGE), last);
  }
}
