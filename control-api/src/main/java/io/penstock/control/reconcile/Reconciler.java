package io.penstock.control.reconcile;

import io.penstock.control.job.FlinkGateway;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobException;
import io.penstock.control.job.JobFolders;
import io.penstock.control.job.JobState;
import io.penstock.control.job.JobStore;
import io.penstock.control.job.SourceAccess;
import io.penstock.control.job.TablePublisher;
import java.io.IOException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes through all jobs that are not final, again and again, on a thread of its own. */
public final class Reconciler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  private final ReconcilerSettings settings;
  private final JobStore store;
  private final FlinkGateway flink;
  private final JobReconciler jobs;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread = new Thread(this::loop, "penstock-reconciler");
  private volatile boolean closed;

  public Reconciler(
      ReconcilerSettings settings,
      JobStore store,
      FlinkGateway flink,
      JobFolders folders,
      TablePublisher tables,
      SourceAccess sources,
      Clock clock) {
    this.settings = settings;
    this.store = store;
    this.flink = flink;
    this.jobs =
        new JobReconciler(
            settings,
            store,
            flink,
            folders,
            tables,
            new JobSpecs(settings, tables, sources),
            clock);
  }

  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Something may have to be done: the next round begins at once. Any thread. */
  public void wake() {
    wake.release();
  }

  private void loop() {
    while (!closed) {
      try {
        round();
        if (wake.tryAcquire(settings.interval().toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.warn("a round failed; the next one follows", e);
      }
    }
  }

  /** One step for every job that is not final. Trouble with one does not keep the others. */
  void round() throws InterruptedException {
    List<Job> active = store.active();
    if (active.isEmpty()) {
      jobs.forgetAllBut(Set.of());
      return;
    }
    Optional<Integer> free = flink.freeSlots();
    Set<UUID> replaced = new HashSet<>();
    for (Job job : active) {
      if (closed) {
        return;
      }
      if (replaces(job) && !replaced.add(job.definition().table().tableId()) && waits(job)) {
        continue;
      }
      try {
        int taken = jobs.step(job, free);
        free = free.map(slots -> slots - taken);
      } catch (JobException.Stale e) {
        LOG.debug("jobId={} changed meanwhile; seen again next round", job.id());
      } catch (IOException | RuntimeException e) {
        LOG.warn("jobId={} cannot be reconciled now: {}", job.id(), e.toString(), e);
      }
    }
    jobs.forgetAllBut(
        active.stream().map(job -> job.attempt().flinkJobId()).collect(Collectors.toSet()));
  }

  private static boolean replaces(Job job) {
    return job.definition().effectiveRules().replaces().isPresent();
  }

  /** Of two jobs that replace rows of one table, the second begins when the first has ended. */
  private static boolean waits(Job job) {
    return job.state() == JobState.QUEUED && !job.cancelRequested();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
