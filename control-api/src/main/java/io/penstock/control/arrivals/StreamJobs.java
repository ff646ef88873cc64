package io.penstock.control.arrivals;

import io.penstock.control.job.Job;
import io.penstock.control.job.JobDefinition;
import io.penstock.control.job.JobException;
import io.penstock.control.job.JobRequest;
import io.penstock.control.job.JobState;
import io.penstock.control.job.Jobs;
import io.penstock.control.job.Principal;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Has a stream's job be what its subscription says. One that is to be otherwise is stopped with a
 * savepoint first, and goes on from there as what it is to be.
 */
final class StreamJobs {
  /** What fails at once may fail for long. */
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(30);

  private static final Principal WHO = new Principal(new UUID(0, 0), "autoingest");

  private final Jobs jobs;
  private final Clock clock;

  StreamJobs(Jobs jobs, Clock clock) {
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Whether nothing runs that could still do something. */
  boolean stopped(Stream stream) {
    return find(stream).map(job -> job.state().isFinal()).orElse(true);
  }

  private Optional<Job> find(Stream stream) {
    return jobs.find(stream.key().organization(), stream.id());
  }

  /** Has a job that is stopped go on, or begin, as this. */
  void start(Stream stream, JobDefinition definition) {
    Optional<Job> job = find(stream);
    if (job.isEmpty()) {
      make(stream, definition);
    } else if (!pausing(job.get())) {
      jobs.retry(stream.key().organization(), stream.id(), definition, WHO);
    }
  }

  /** Has a running job stop, unless it is this. */
  void stopUnless(Stream stream, Optional<JobDefinition> definition) {
    if (find(stream).filter(job -> !definition.equals(Optional.of(job.definition()))).isPresent()) {
      jobs.cancel(stream.key().organization(), stream.id(), WHO);
    }
  }

  private boolean pausing(Job job) {
    return job.state() == JobState.FAILED
        && clock.instant().isBefore(job.changedAt().plus(PAUSE_AFTER_FAILURE));
  }

  private void make(Stream stream, JobDefinition definition) {
    try {
      jobs.create(
          new JobRequest(
              stream.id(),
              stream.key().organization(),
              "autoingest-" + stream.id(),
              Optional.of(stream.key().entry()),
              "autoingest",
              "{}",
              definition,
              WHO));
    } catch (JobException.IdTaken | JobException.NameTaken e) {
      // Another server was faster.
    }
  }
}
