package io.penstock.bench.data;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** How events are written to an object. */
public enum Format {
  NDJSON(false, ".json", ""),
  NDJSON_GZ(false, ".json.gz", "gzip"),
  NDJSON_ZST(false, ".json.zst", "zstd"),
  CSV(true, ".csv", ""),
  CSV_GZ(true, ".csv.gz", "gzip");

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int ZSTD_LEVEL = 3;

  private final boolean csv;
  private final String ending;
  private final String compression;

  Format(boolean csv, String ending, String compression) {
    this.csv = csv;
    this.ending = ending;
    this.compression = compression;
  }

  public boolean csv() {
    return csv;
  }

  /** Of object names. */
  public String ending() {
    return ending;
  }

  /** As a transform and DuckDB name it; empty if there is none. */
  public String compression() {
    return compression;
  }

  /** At the levels that the compressors' own command lines have as default. */
  OutputStream compress(OutputStream out) throws IOException {
    return switch (this) {
      case NDJSON, CSV -> out;
      case NDJSON_GZ, CSV_GZ -> new GZIPOutputStream(out, BUFFER_BYTES);
      case NDJSON_ZST -> new ZstdOutputStream(out, ZSTD_LEVEL);
    };
  }
}
