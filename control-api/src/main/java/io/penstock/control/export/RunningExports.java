package io.penstock.control.export;

import io.penstock.control.catalog.TableReaders;
import io.penstock.control.job.TableRef;
import java.time.Instant;
import java.util.Optional;

/** Exports that are under way: a run reads the same files in each attempt until it is over. */
public final class RunningExports implements TableReaders {
  private final RunStore runs;

  public RunningExports(RunStore runs) {
    this.runs = runs;
  }

  /** Which of a project's tables a run reads is not asked: none of them loses anything. */
  @Override
  public Optional<Instant> since(TableRef table) {
    return runs.active().stream()
        .flatMap(id -> runs.find(id).stream())
        .flatMap(run -> run.order().stream())
        .filter(order -> order.project().equals(table.projectId()))
        .map(RunOrder::orderedAt)
        .min(Instant::compareTo);
  }
}
