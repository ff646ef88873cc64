package io.penstock.control.publish;

import io.penstock.control.export.ExportFolders;
import io.penstock.spec.export.BegunUpload;
import io.penstock.spec.export.ExportFailure;
import io.penstock.spec.export.ExportFolder;
import io.penstock.spec.export.ExportPlan;
import io.penstock.spec.export.ExportResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Job folders on S3, as exports use them. Thread-safe. */
public final class S3ExportFolders implements ExportFolders, AutoCloseable {
  private final StoredObjects objects;

  public S3ExportFolders(StorageAccess access) {
    this.objects = new StoredObjects(access);
  }

  @Override
  public ExportPlan writePlan(ExportFolder folder, ExportPlan plan) throws IOException {
    Optional<ExportPlan> before = objects.read(folder.plan(), ExportPlan.class);
    if (before.isPresent()) {
      return before.get();
    }
    objects.write(folder.plan(), plan);
    return plan;
  }

  @Override
  public Optional<ExportResult> result(ExportFolder folder) throws IOException {
    return objects.read(folder.result(), ExportResult.class);
  }

  @Override
  public Optional<ExportFailure> failure(ExportFolder folder) throws IOException {
    return objects.read(folder.failure(), ExportFailure.class);
  }

  @Override
  public List<BegunUpload> uploads(ExportFolder folder) throws IOException {
    List<BegunUpload> uploads = new ArrayList<>();
    for (String key : objects.list(folder.uploads())) {
      // An S3 server may list its own temporary files.
      if (key.endsWith(".json")) {
        objects.read(key, BegunUpload.class).ifPresent(uploads::add);
      }
    }
    return uploads;
  }

  @Override
  public void close() {
    objects.close();
  }
}
