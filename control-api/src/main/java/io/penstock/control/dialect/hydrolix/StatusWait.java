package io.penstock.control.dialect.hydrolix;

import io.penstock.control.job.Job;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for a job's status to change, looking at the record now and then. No thread is held. */
final class StatusWait {
  private static final long PAUSE_MILLIS = 250;
  private static final int MAX_SECONDS = 25;

  private final Supplier<Optional<Job>> record;
  private final Executor later =
      CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);

  /**
   * @param record the job as it is recorded; empty once it is deleted
   */
  StatusWait(Supplier<Optional<Job>> record) {
    this.record = record;
  }

  /**
   * @param seconds longer waits are cut
   * @return the job once its status is another, or when the time is over
   */
  CompletableFuture<Optional<Job>> changed(Job seen, int seconds) {
    long end = System.nanoTime() + Duration.ofSeconds(Math.min(MAX_SECONDS, seconds)).toNanos();
    return next(BatchJobJson.status(seen), Optional.of(seen), end);
  }

  private CompletableFuture<Optional<Job>> next(String status, Optional<Job> job, long end) {
    boolean same = job.isPresent() && BatchJobJson.status(job.get()).equals(status);
    if (!same || System.nanoTime() >= end) {
      return CompletableFuture.completedFuture(job);
    }
    return CompletableFuture.supplyAsync(record, later)
        .thenCompose(found -> next(status, found, end));
  }
}
