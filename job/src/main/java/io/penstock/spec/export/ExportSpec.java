package io.penstock.spec.export;

import io.penstock.spec.Check;
import io.penstock.spec.JobFolder;
import io.penstock.spec.S3Access;
import java.util.UUID;

/**
 * All that one attempt of an export is told, beside the {@link ExportPlan} in its folder. The same
 * plan and specification always give the same files, byte by byte.
 *
 * @param version of this format; a reader refuses any other by number
 * @param title what the job is called in Flink's web UI
 * @param attempt counted from 1; what files hold does not depend on it
 * @param storage where tables and job folders are
 * @param bucket of tables and job folders
 * @param jobsPrefix key prefix of all jobs' folders, ending in {@code /}; see {@link JobFolder}
 */
public record ExportSpec(
    int version,
    UUID jobId,
    String title,
    int attempt,
    S3Access storage,
    String bucket,
    String jobsPrefix,
    ExportQuery query,
    ExportFormat format,
    Destination destination) {
  public static final int VERSION = 1;

  public ExportSpec {
    Check.that(version == VERSION, "version must be %d but was %d", VERSION, version);
    Check.that(jobId != null, "jobId must be given");
    Check.that(title != null && !title.isBlank(), "title must not be blank");
    Check.that(attempt >= 1, "attempt must be at least 1 but was %d", attempt);
    Check.that(storage != null, "storage must be given");
    Check.that(bucket != null && !bucket.isEmpty(), "bucket must not be empty");
    Check.that(jobsPrefix.endsWith("/"), "jobsPrefix must end in / but was %s", jobsPrefix);
    Check.that(query != null, "query must be given");
    Check.that(format != null, "format must be given");
    Check.that(destination != null, "destination must be given");
    for (int column : destination.partitionBy()) {
      Check.that(
          column >= 0 && column < query.columns().size(),
          "partitionBy must be columns of the query but was %d",
          column);
    }
  }

  /** The same for another attempt. */
  public ExportSpec ofAttempt(int other) {
    return new ExportSpec(
        version, jobId, title, other, storage, bucket, jobsPrefix, query, format, destination);
  }

  public ExportFolder folder() {
    return new ExportFolder(new JobFolder(jobsPrefix, jobId), attempt);
  }
}
