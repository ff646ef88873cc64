package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobException;
import io.penstock.control.job.JobRequest;
import io.penstock.control.job.Jobs;
import io.penstock.control.job.Submissions;
import io.penstock.control.job.Submissions.Submission;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Makes a job of a body, and of the same body under the same key only one. The key is claimed for
 * an id before the job is made: after a crash in between, the same request makes that very job.
 */
final class JobSubmission {
  static final String HEADER = "Idempotency-Key";
  private static final int MAX_KEY = 255;

  private final Jobs jobs;
  private final Submissions submissions;

  JobSubmission(Jobs jobs, Submissions submissions) {
    this.jobs = jobs;
    this.submissions = submissions;
  }

  /**
   * @param translate gives the request, under the id given unless the body brings one
   */
  Job create(Function<UUID, JobRequest> translate) {
    return made(translate.apply(UUID.randomUUID()));
  }

  /**
   * @param translate as above; it may be asked twice
   */
  Job create(UUID organization, String key, JsonNode body, Function<UUID, JobRequest> translate) {
    if (key.isBlank() || key.length() > MAX_KEY) {
      throw refused(HEADER + " must have from 1 to " + MAX_KEY + " characters.");
    }
    String hash = sha256(body.toString());
    Optional<Submission> earlier = submissions.find(organization, key);
    earlier.ifPresent(one -> sameBody(one, hash));
    Optional<Job> original = earlier.flatMap(one -> jobs.find(organization, one.job()));
    if (original.isPresent()) {
      return original.get();
    }
    JobRequest request = translate.apply(earlier.map(Submission::job).orElseGet(UUID::randomUUID));
    Submission claimed = submissions.claim(organization, key, new Submission(request.id(), hash));
    sameBody(claimed, hash);
    JobRequest own = claimed.job().equals(request.id()) ? request : translate.apply(claimed.job());
    try {
      return made(own);
    } catch (Refused e) {
      // The same request may have been sent twice at once, and the other one was faster.
      return jobs.find(organization, claimed.job())
          .orElseThrow(
              () -> {
                submissions.release(organization, key);
                return e;
              });
    }
  }

  private Job made(JobRequest request) {
    Violations violations = new Violations();
    try {
      return jobs.create(request);
    } catch (JobException.NameTaken e) {
      violations.add("name", Names.taken(request.name(), "org"));
    } catch (JobException.IdTaken e) {
      violations.add("uuid", "This uuid is in use.");
    }
    throw new Refused(violations);
  }

  private static void sameBody(Submission submission, String hash) {
    if (!submission.bodySha256().equals(hash)) {
      throw refused("This " + HEADER + " was used with another body.");
    }
  }

  private static Refused refused(String message) {
    Violations violations = new Violations();
    violations.add("non_field_errors", message);
    return new Refused(violations);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
