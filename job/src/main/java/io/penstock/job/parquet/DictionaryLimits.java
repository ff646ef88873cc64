package io.penstock.job.parquet;

/** How large a dictionary may become, and when it is worth having. */
final class DictionaryLimits {
  /** Ids are held in two bytes. */
  static final int MAX_ENTRIES = 1 << Short.SIZE;

  /** Readers hold a dictionary whole. */
  static final int MAX_BYTES = 1 << 20;

  /** When a dictionary has so many entries, and at each doubling, it must have paid. */
  static final int FIRST_LIMIT = 1024;

  /** More steps from a hash to its entry mean that values were made to collide. */
  static final int MAX_PROBES = 256;

  /** What a dictionary must save at least: it costs a page of its own, compressed by itself. */
  private static final int PAGE_BYTES = 512;

  private DictionaryLimits() {}

  /**
   * @param values that were appended
   * @param plainBytes they take without the dictionary
   */
  static boolean pays(int entries, int dictionaryBytes, long values, long plainBytes) {
    long idBytes = values * DictionaryIds.width(entries) / Byte.SIZE;
    return PAGE_BYTES + dictionaryBytes + idBytes < plainBytes;
  }
}
