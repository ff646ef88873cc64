package io.penstock.control.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.spec.Encryption;
import io.penstock.spec.SpecJson;
import io.penstock.spec.export.ExportFormat;
import io.penstock.spec.export.ExportFormat.Codec;
import io.penstock.spec.export.ExportFormat.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A destination's configuration, read for a run. Pure. */
final class TargetSettings {
  private static final long BYTES_PER_MB = 1L << 20;
  private static final Map<Codec, String> SUFFIXES =
      Map.of(
          Codec.NONE, "",
          Codec.GZIP, ".gz",
          Codec.BROTLI, ".br",
          Codec.SNAPPY, ".sz",
          Codec.ZSTD, ".zst",
          Codec.LZ4, ".lz4");
  private static final Map<String, Codec> CODECS =
      Map.of(
          "gzip", Codec.GZIP,
          "brotli", Codec.BROTLI,
          "snappy", Codec.SNAPPY,
          "zstd", Codec.ZSTD,
          "lz4", Codec.LZ4);

  private final Destination destination;
  private final JsonNode config;
  private final ExportFormat format;

  /**
   * @throws RunException if something is stored that no run can be made of
   */
  TargetSettings(Destination destination) throws RunException {
    this.destination = destination;
    this.config =
        SpecJson.read(destination.config().getBytes(StandardCharsets.UTF_8), JsonNode.class);
    this.format = format();
  }

  private ExportFormat format() throws RunException {
    String name = config.path("file_format").asText("JSONLines");
    Kind kind =
        switch (name) {
          case "JSONLines" -> Kind.JSON_LINES;
          case "Parquet" -> Kind.PARQUET;
          default ->
              throw RunException.user(
                  "UnsupportedFileFormatError",
                  "'" + name + "' is not a supported format for S3 batch exports.");
        };
    JsonNode given = config.path("compression");
    Codec codec = given.isTextual() ? CODECS.get(given.textValue()) : Codec.NONE;
    try {
      return new ExportFormat(kind, codec);
    } catch (IllegalArgumentException e) {
      throw RunException.user(
          "UnsupportedCompressionError",
          "'" + given.asText() + "' is not a supported compression for S3 batch exports.");
    }
  }

  ExportFormat exportFormat() {
    return format;
  }

  String bucket() {
    return config.path("bucket_name").asText();
  }

  String region() {
    return config.path("region").asText();
  }

  String prefix() {
    return config.path("prefix").asText();
  }

  boolean pathStyle() {
    return destination.type() != Destination.Type.AWS
        && !config.path("use_virtual_style_addressing").asBoolean();
  }

  Optional<String> endpoint() {
    return Optional.ofNullable(config.path("endpoint_url").textValue()).filter(s -> !s.isBlank());
  }

  /** With its dots. */
  String suffix() {
    boolean parquet = format.kind() == Kind.PARQUET;
    boolean codec =
        !parquet
            || destination.type() == Destination.Type.INLINE
            || config.path("legacy_parquet_extension").asBoolean();
    return (parquet ? ".parquet" : ".jsonl") + (codec ? SUFFIXES.get(format.codec()) : "");
  }

  OptionalLong maxFileBytes() {
    long megabytes = config.path("max_file_size_mb").asLong(0);
    return megabytes > 0 ? OptionalLong.of(megabytes * BYTES_PER_MB) : OptionalLong.empty();
  }

  boolean manifest() {
    return maxFileBytes().isPresent()
        || config.path("manifest").asText().equals("always")
        || !partitionBy().isEmpty();
  }

  Optional<Encryption> encryption() {
    return Optional.ofNullable(config.path("encryption").textValue())
        .map(
            algorithm ->
                new Encryption(
                    algorithm,
                    Optional.ofNullable(config.path("kms_key_id").textValue())
                        .filter(key -> algorithm.equals("aws:kms"))));
  }

  List<String> partitionBy() {
    return texts("partition_by");
  }

  List<String> includedEvents() {
    return texts("include_events");
  }

  List<String> excludedEvents() {
    return texts("exclude_events");
  }

  private List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    config.path(field).forEach(one -> texts.add(one.asText()));
    return texts;
  }
}
