package io.penstock.control.export;

import io.penstock.control.export.DestinationProbe.Trouble;
import io.penstock.spec.S3Access;
import io.penstock.spec.export.FileNames;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a destination is tested by, one step after another. Thread-safe. */
public final class DestinationTests {
  private static final String NOT_CONFIGURED = "The test step cannot run as it's not configured.";
  private static final int NOT_FOUND = 404;
  private static final int FORBIDDEN = 403;

  private final DestinationAccess access;
  private final DestinationProbe probe;
  private final Clock clock;

  public DestinationTests(DestinationAccess access, DestinationProbe probe, Clock clock) {
    this.access = access;
    this.probe = probe;
    this.clock = clock;
  }

  /** A step. */
  public enum Step {
    ROLE("Ensure we can assume provided AWS role", "Assumes the role of the integration."),
    BUCKET("Check S3 bucket exists", "Looks the bucket up with the given credentials."),
    WRITE(
        "Check we can write to the prefix", "Writes a small object to the prefix and deletes it.");

    private final String title;
    private final String description;

    Step(String title, String description) {
      this.title = title;
      this.description = description;
    }

    public String title() {
      return title;
    }

    public String description() {
      return description;
    }
  }

  /** How a step ended. */
  public enum Status {
    PASSED,
    FAILED,
    SKIPPED
  }

  /**
   * How a step ended.
   *
   * @param message absent if there is nothing to say
   */
  public record Result(Status status, Optional<String> message) {
    static Result failed(String message) {
      return new Result(Status.FAILED, Optional.of(message));
    }

    static final Result PASSED = new Result(Status.PASSED, Optional.empty());
  }

  public static List<Step> steps(Destination.Type type) {
    return type == Destination.Type.AWS
        ? List.of(Step.ROLE, Step.BUCKET, Step.WRITE)
        : List.of(Step.BUCKET, Step.WRITE);
  }

  public Result run(Step step, UUID project, Destination destination, String table) {
    if (step == Step.ROLE) {
      return access.role(project, destination).isPresent()
          ? Result.failed("Assuming a role is not supported by this server")
          : new Result(Status.SKIPPED, Optional.of("No configured AWS role ARN, skipping test"));
    }
    try {
      TargetSettings target = new TargetSettings(destination);
      if (target.bucket().isBlank()) {
        return Result.failed(NOT_CONFIGURED);
      }
      S3Access reached = access.of(project, destination, target);
      return step == Step.BUCKET ? bucket(reached, target.bucket()) : write(reached, target, table);
    } catch (RunException e) {
      return e.failure().type().equals("InvalidCredentialsError")
          ? Result.failed(NOT_CONFIGURED)
          : Result.failed(e.failure().message());
    }
  }

  private Result bucket(S3Access reached, String bucket) {
    return probe.bucket(reached, bucket).map(t -> failed(t, bucket)).orElse(Result.PASSED);
  }

  private static Result failed(Trouble trouble, String bucket) {
    if (trouble.status().isEmpty()) {
      return Result.failed("The test step failed with an unknown error: " + trouble.reason() + ".");
    }
    return switch (trouble.status().getAsInt()) {
      case NOT_FOUND ->
          Result.failed(
              "Bucket '%s' does not exist or we don't have permissions to use it"
                  .formatted(bucket));
      case FORBIDDEN ->
          Result.failed(
              ("We couldn't access bucket '%s'. Check the provided credentials, endpoint, and"
                      + " whether the necessary permissions to access the bucket have been granted")
                  .formatted(bucket));
      default ->
          Result.failed(
              "An unknown error occurred when trying to access bucket '%s': %s"
                  .formatted(bucket, trouble.reason()));
    };
  }

  private Result write(S3Access reached, TargetSettings target, String table) throws RunException {
    DataInterval now = new DataInterval(Optional.empty(), clock.instant());
    FileNames names = KeyTemplate.names(target.prefix(), now, table, "");
    String key = names.prefix() + "_penstock_probe_" + UUID.randomUUID();
    Optional<Trouble> put = probe.put(reached, target.bucket(), key);
    if (put.isPresent()) {
      return Result.failed(
          "An error occurred when trying to write to bucket '%s': %s"
              .formatted(target.bucket(), put.get().reason()));
    }
    return probe
        .delete(reached, target.bucket(), key)
        .map(
            trouble ->
                new Result(
                    Status.PASSED,
                    Optional.of(
                        "The probe could not be deleted: %s (%s)"
                            .formatted(key, trouble.reason()))))
        .orElse(Result.PASSED);
  }
}
