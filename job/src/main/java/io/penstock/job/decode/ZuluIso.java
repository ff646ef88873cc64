package io.penstock.job.decode;

import java.util.Set;

/**
 * Reads the layouts of RFC 3339. Where the text ends with {@code Z} and has a {@code T}, ISO 8601
 * is what they say, and that is read faster.
 */
final class ZuluIso implements TimeParser {
  static final Set<String> LAYOUTS =
      Set.of(
          "2006-01-02T15:04:05Z07:00",
          "2006-01-02T15:04:05.9Z07:00",
          "2006-01-02T15:04:05.999Z07:00",
          "2006-01-02T15:04:05.999999Z07:00",
          "2006-01-02T15:04:05.999999999Z07:00");
  private static final int DATE_LENGTH = 10;

  private final GoTimeParser layout;
  private final IsoParser iso = new IsoParser();

  ZuluIso(GoTimeParser layout) {
    this.layout = layout;
  }

  @Override
  public long micros(byte[] bytes, int from, int to) {
    if (to - from > DATE_LENGTH && bytes[to - 1] == 'Z' && bytes[from + DATE_LENGTH] == 'T') {
      long micros = iso.micros(bytes, from, to);
      if (micros != UNKNOWN) {
        return micros;
      }
    }
    return layout.micros(bytes, from, to);
  }
}
