package io.penstock.control.export;

import io.penstock.spec.export.BegunUpload;
import io.penstock.spec.export.ExportFailure;
import io.penstock.spec.export.ExportFolder;
import io.penstock.spec.export.ExportPlan;
import io.penstock.spec.export.ExportResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What exports find and leave in their jobs' folders. Thread-safe. */
public interface ExportFolders {
  /**
   * Freezes a plan; one that is there stays.
   *
   * @return the plan that all attempts read
   */
  ExportPlan writePlan(ExportFolder folder, ExportPlan plan) throws IOException;

  /** Empty while the attempt is not done. */
  Optional<ExportResult> result(ExportFolder folder) throws IOException;

  /** Why the attempt ended; empty if it did not, or nothing could be written down. */
  Optional<ExportFailure> failure(ExportFolder folder) throws IOException;

  /** All uploads that the attempt has begun. */
  List<BegunUpload> uploads(ExportFolder folder) throws IOException;
}
