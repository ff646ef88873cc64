package io.penstock.spec.export;

import io.penstock.spec.Check;
import io.penstock.spec.JobFolder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The keys of what one attempt of an export leaves, or finds, in its job's folder. */
public record ExportFolder(JobFolder job, int attempt) {
  public ExportFolder {
    Check.that(job != null, "job must be given");
    Check.that(attempt >= 1, "attempt must be at least 1 but was %d", attempt);
  }

  /** {@link ExportPlan}; written once for all attempts, before the first one starts. */
  public String plan() {
    return job.prefix() + "export/plan.json";
  }

  private String prefix() {
    return "%sexport/%d/".formatted(job.prefix(), attempt);
  }

  /** {@link ExportResult}; its existence is what makes the attempt done. */
  public String result() {
    return prefix() + "result.json";
  }

  /** {@link ExportFailure}, of an attempt that trouble ended which Flink cannot cure. */
  public String failure() {
    return prefix() + "failure.json";
  }

  /** Of the {@link BegunUpload}s. */
  public String uploads() {
    return prefix() + "uploads/";
  }

  /** {@link BegunUpload}; written before the upload's first part. */
  public String upload(String uploadId) {
    UUID name = UUID.nameUUIDFromBytes(uploadId.getBytes(StandardCharsets.UTF_8));
    return uploads() + name + ".json";
  }
}
