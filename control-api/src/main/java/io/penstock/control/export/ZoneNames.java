package io.penstock.control.export;

import java.time.ZoneId;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names of the IANA list, old links too; offsets are no names. */
public final class ZoneNames {
  /** Of the list, but not among the JDK's. */
  private static final Map<String, String> MORE =
      Map.of(
          "EST", "-05:00",
          "MST", "-07:00",
          "HST", "-10:00",
          "ROC", "Asia/Taipei",
          "GMT+0", "UTC",
          "GMT-0", "UTC");

  private static final Set<String> NAMES = names();

  private ZoneNames() {}

  private static Set<String> names() {
    Set<String> names = new HashSet<>(ZoneId.getAvailableZoneIds());
    // The JDK's own invention.
    names.removeIf(name -> name.startsWith("SystemV/"));
    names.addAll(MORE.keySet());
    return Set.copyOf(names);
  }

  /**
   * @param name case-sensitive
   */
  public static Optional<ZoneId> find(String name) {
    return NAMES.contains(name)
        ? Optional.of(ZoneId.of(MORE.getOrDefault(name, name)))
        : Optional.empty();
  }
}
