package io.penstock.control.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.penstock.spec.SpecJson;
import io.penstock.spec.export.ExportResult;
import io.penstock.spec.export.ExportedFile;
import java.util.List;
import java.util.UUID;

/**
 * The object that tells readers which files are a run's. It is written when they are all visible.
 *
 * @param files their keys, in the order of their numbers
 */
record ExportManifest(
    List<String> files, long rows, long bytes, @JsonProperty("run_id") UUID runId) {
  ExportManifest {
    files = List.copyOf(files);
  }

  static ExportManifest of(UUID runId, ExportResult result) {
    return new ExportManifest(
        result.files().stream().map(ExportedFile::key).toList(),
        result.rowsWritten(),
        result.bytesWritten(),
        runId);
  }

  byte[] json() {
    return SpecJson.write(this);
  }
}
