package io.penstock.job.export;

import io.penstock.spec.export.ExportFailure;
import java.io.IOException;

/** The export cannot go on, and trying again gives the same. */
final class ExportRefused extends IOException {
  private final ExportFailure.Kind kind;

  ExportRefused(ExportFailure.Kind kind, String reason) {
    super(reason);
    this.kind = kind;
  }

  ExportFailure.Kind kind() {
    return kind;
  }
}
