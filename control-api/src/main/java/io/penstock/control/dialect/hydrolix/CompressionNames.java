package io.penstock.control.dialect.hydrolix;

import io.penstock.spec.Compression;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a transform's {@code compression} may say: one name, or several with commas between. */
final class CompressionNames {
  private static final Map<String, Compression> NAMES =
      Map.ofEntries(
          Map.entry("", Compression.NONE),
          Map.entry("none", Compression.NONE),
          Map.entry("identity", Compression.NONE),
          Map.entry("gzip", Compression.GZIP),
          Map.entry("x-gzip", Compression.GZIP),
          Map.entry("gz", Compression.GZIP),
          Map.entry("zstd", Compression.ZSTD),
          Map.entry("bzip2", Compression.BZIP2),
          Map.entry("x-bzip2", Compression.BZIP2),
          Map.entry("bz2", Compression.BZIP2),
          Map.entry("zlib", Compression.ZLIB),
          Map.entry("deflate", Compression.DEFLATE),
          Map.entry("flate", Compression.DEFLATE),
          Map.entry("zip", Compression.ZIP));

  private CompressionNames() {}

  /** The names in the order in which they were applied. */
  static List<String> split(String compression) {
    return List.of(compression.split(",", -1)).stream().map(String::strip).toList();
  }

  static boolean known(String name) {
    return NAMES.containsKey(name.toLowerCase(Locale.ROOT));
  }

  /**
   * The layers in the order in which they are undone: from right to left.
   *
   * @throws IllegalArgumentException if a name is not known
   */
  static List<Compression> layers(String compression) {
    List<Compression> layers = new ArrayList<>();
    for (String name : split(compression)) {
      Compression layer = NAMES.get(name.toLowerCase(Locale.ROOT));
      if (layer == null) {
        throw new IllegalArgumentException("there is no compression \"" + name + "\"");
      }
      if (layer != Compression.NONE) {
        layers.add(0, layer);
      }
    }
    return layers.isEmpty() ? List.of(Compression.NONE) : layers;
  }
}
