package io.penstock.spec.export;

import io.penstock.spec.Check;
import java.util.EnumSet;
import java.util.Set;

/** How the files are written. */
public record ExportFormat(Kind kind, Codec codec) {
  public ExportFormat {
    Check.that(kind != null && codec != null, "kind and codec must be given");
    Check.that(
        kind.codecs.contains(codec),
        "codec of %s must be one of %s but was %s",
        kind,
        kind.codecs,
        codec);
  }

  /** What a file is. */
  public enum Kind {
    /** One object a line, every column in it. */
    JSON_LINES(EnumSet.of(Codec.NONE, Codec.GZIP, Codec.BROTLI, Codec.ZSTD)),
    /** RFC 4180 with a header; null is an empty field, an empty text is {@code ""}. */
    CSV(EnumSet.of(Codec.NONE, Codec.GZIP, Codec.BROTLI, Codec.ZSTD)),
    /** The codec is that of pages. */
    PARQUET(EnumSet.allOf(Codec.class));

    private final Set<Codec> codecs;

    Kind(Set<Codec> codecs) {
      this.codecs = codecs;
    }
  }

  /** How its bytes are compressed. */
  public enum Codec {
    NONE,
    GZIP,
    BROTLI,
    ZSTD,
    SNAPPY,
    /** LZ4_RAW in Parquet's words. */
    LZ4
  }
}
