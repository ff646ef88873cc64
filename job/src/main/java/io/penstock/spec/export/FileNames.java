package io.penstock.spec.export;

import io.penstock.spec.Check;
import java.util.OptionalInt;

/**
 * The keys of an export's files.
 *
 * @param prefix empty, or ending in {@code /}; rendered, nothing in it is replaced
 * @param name without number and suffix, without {@code /}
 * @param suffix with its dots
 */
public record FileNames(String prefix, String name, String suffix) {
  public FileNames {
    Check.that(prefix.isEmpty() || prefix.endsWith("/"), "prefix must end in / but was %s", prefix);
    Check.that(!name.isEmpty() && name.indexOf('/') < 0, "name must be without / but was %s", name);
    Check.that(suffix.indexOf('/') < 0, "suffix must be without / but was %s", suffix);
  }

  /**
   * @param segments of the values that the file's rows have in common; empty, or ending in {@code
   *     /}
   * @param number absent if there is one file only
   */
  public String file(String segments, OptionalInt number) {
    return prefix + segments + name + (number.isPresent() ? "-" + number.getAsInt() : "") + suffix;
  }

  /** Lists the files, and is written when they are all visible. */
  public String manifest() {
    return prefix + name + "_manifest.json";
  }
}
