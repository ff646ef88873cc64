package io.penstock.control.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Records what callers want. */
public final class JobService implements Jobs {
  private final JobStore store;
  private final Clock clock;
  private final Runnable wakeReconciler;

  /**
   * @param wakeReconciler called when there is something to do
   */
  public JobService(JobStore store, Clock clock, Runnable wakeReconciler) {
    this.store = store;
    this.clock = clock;
    this.wakeReconciler = wakeReconciler;
  }

  @Override
  public Job create(JobRequest request) {
    Instant now = now();
    Job job =
        new Job(
            request.id(),
            request.organization(),
            request.name(),
            request.description(),
            request.dialect(),
            request.submitted(),
            request.definition(),
            request.createdBy(),
            request.createdBy(),
            now,
            now,
            now,
            Optional.empty(),
            Optional.empty(),
            Duration.ZERO,
            now,
            JobState.QUEUED,
            List.of(JobChanges.first(request.id(), 1, Optional.empty())),
            Progress.NONE,
            List.of(),
            List.of(),
            Optional.empty(),
            false,
            false,
            Optional.empty(),
            1);
    store.insert(job, request.createdBy().name(), "created");
    wakeReconciler.run();
    return job;
  }

  @Override
  public Optional<Job> find(UUID organization, UUID id) {
    return store.find(organization, id);
  }

  @Override
  public List<JobEvent> events(UUID organization, UUID id) {
    return store.events(organization, id);
  }

  @Override
  public List<Job> list(UUID organization) {
    return store.list(organization).stream().filter(job -> !job.definition().continuous()).toList();
  }

  @Override
  public Optional<Job> newest(UUID organization, UUID table) {
    return store.newest(organization, table);
  }

  @Override
  public Job cancel(UUID organization, UUID id, Principal by) {
    return change(
        organization,
        id,
        by,
        "cancel requested",
        job ->
            job.pausing() || (!job.state().isFinal() && !job.cancelRequested())
                ? JobChanges.cancelRequested(job, now(), by)
                : job);
  }

  @Override
  public Job pause(UUID organization, UUID id, Principal by) {
    return change(
        organization,
        id,
        by,
        "pause requested",
        job ->
            job.state().isFinal() || job.pausing()
                ? job
                : JobChanges.pauseRequested(job, now(), by));
  }

  @Override
  public Job retry(UUID organization, UUID id, Principal by) {
    return change(organization, id, by, "retry requested", job -> retried(job, by));
  }

  private Job retried(Job job, Principal by) {
    if (retriable(job)) {
      return JobChanges.retried(job, now(), by);
    }
    return job.state() != JobState.FINISHED && job.cancelRequested()
        ? JobChanges.stopWithdrawn(job, now(), by)
        : job;
  }

  @Override
  public Job retry(UUID organization, UUID id, JobDefinition definition, Principal by) {
    return change(
        organization,
        id,
        by,
        "retry with another definition requested",
        job -> retriable(job) ? JobChanges.retried(job, definition, now(), by) : job);
  }

  private static boolean retriable(Job job) {
    return job.state() == JobState.FAILED || job.state() == JobState.CANCELED;
  }

  @Override
  public void delete(UUID organization, UUID id, Principal by) {
    Job job = change(organization, id, by, "cancel requested", j -> cancelForDelete(j, by));
    store.markDeleting(job.id(), by.name());
    wakeReconciler.run();
  }

  private Job cancelForDelete(Job job, Principal by) {
    return job.state().isFinal() || job.cancelRequested()
        ? job
        : JobChanges.cancelRequested(job, now(), by);
  }

  /** Tries again when the reconciler was faster. */
  private Job change(
      UUID organization, UUID id, Principal by, String what, UnaryOperator<Job> change) {
    while (true) {
      Job job = store.find(organization, id).orElseThrow(() -> new JobException.NotFound(id));
      Job changed = change.apply(job);
      if (changed.equals(job)) {
        return job;
      }
      try {
        Job saved = store.update(changed, by.name(), what);
        wakeReconciler.run();
        return saved;
      } catch (JobException.Stale e) {
        // Read again: the change is decided anew on what is there now.
      }
    }
  }

  /** PostgreSQL keeps microseconds. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
