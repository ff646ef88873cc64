package io.penstock.control.dialect.polaris;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a file is written and compressed. Pure.
 *
 * @param dataFormat absent if nothing tells
 */
record FileKind(Optional<String> dataFormat, String compression) {
  static final List<String> DATA_FORMATS =
      List.of("nd-json", "csv", "regex", "avro_ocf", "orc", "parquet");
  static final List<String> COMPRESSIONS = List.of("none", "bz2", "gz", "sz", "xz", "zstd");

  /**
   * What is said goes before the content type, and that before the name.
   *
   * @param contentType of the part; empty if there is none
   */
  static FileKind of(
      String name, String contentType, Optional<String> format, Optional<String> compression) {
    String type = contentType.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
    String plain = name.toLowerCase(Locale.ROOT);
    Optional<String> named = compressionOf(plain);
    if (named.isPresent()) {
      plain = plain.substring(0, plain.lastIndexOf('.'));
    }
    String extension = plain.substring(plain.lastIndexOf('.') + 1);
    return new FileKind(
        format.or(() -> formatOfType(type)).or(() -> formatOfExtension(extension)),
        compression.or(() -> compressionOfType(type)).or(() -> named).orElse("none"));
  }

  private static Optional<String> compressionOf(String name) {
    return Optional.ofNullable(
        switch (name.substring(name.lastIndexOf('.') + 1)) {
          case "gz" -> "gz";
          case "bz2" -> "bz2";
          case "xz" -> "xz";
          case "sz" -> "sz";
          case "zst", "zstd" -> "zstd";
          default -> null;
        });
  }

  private static Optional<String> formatOfType(String type) {
    return Optional.ofNullable(
        switch (type) {
          case "application/json", "application/x-ndjson", "application/jsonl" -> "nd-json";
          case "text/csv", "text/tab-separated-values" -> "csv";
          default -> null;
        });
  }

  private static Optional<String> compressionOfType(String type) {
    return Optional.ofNullable(
        switch (type) {
          case "application/gzip", "application/x-gzip" -> "gz";
          case "application/zstd" -> "zstd";
          case "application/x-bzip2" -> "bz2";
          case "application/x-xz" -> "xz";
          default -> null;
        });
  }

  private static Optional<String> formatOfExtension(String extension) {
    return Optional.ofNullable(
        switch (extension) {
          case "json", "ndjson", "jsonl" -> "nd-json";
          case "csv", "tsv" -> "csv";
          case "parquet" -> "parquet";
          case "orc" -> "orc";
          case "avro" -> "avro_ocf";
          default -> null;
        });
  }
}
