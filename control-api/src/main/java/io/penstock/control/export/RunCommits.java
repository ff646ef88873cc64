package io.penstock.control.export;

import io.penstock.control.export.RunExecutor.Committed;
import io.penstock.control.export.RunFailure.Cause;
import io.penstock.spec.export.ExportPlan;
import io.penstock.spec.export.ExportResult;
import io.penstock.spec.export.ExportedFile;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes visible what an attempt has written, and says what the ledger keeps of it. Thread-safe. */
final class RunCommits {
  private final ExportFolders folders;
  private final ExportPublisher publisher;
  private final Ledger ledger;
  private final ExportLog log;

  RunCommits(ExportFolders folders, ExportPublisher publisher, Ledger ledger, ExportLog log) {
    this.folders = folders;
    this.publisher = publisher;
    this.ledger = ledger;
    this.log = log;
  }

  Committed commit(ExportRun run, RunSpecs.Made made) {
    try {
      ExportPlan plan = folders.writePlan(made.spec().folder(), made.plan());
      Optional<ExportResult> result = folders.result(made.spec().folder());
      if (result.isEmpty() && !plan.files().isEmpty()) {
        return new Committed.Failed(
            new RunFailure(Cause.READING, "MissingResultError", "The job's result is gone"));
      }
      return publish(run, made, result.orElseGet(() -> nothing(run)));
    } catch (DestinationException e) {
      RunFailure failure = AttemptFailures.of(e);
      return failure.cause() == Cause.USER
          ? new Committed.Failed(failure)
          : new Committed.Later(failure.text());
    } catch (IOException e) {
      return new Committed.Later(String.valueOf(e.getMessage()));
    }
  }

  private static ExportResult nothing(ExportRun run) {
    return new ExportResult(ExportResult.VERSION, run.attempt(), 0, 0, 0, List.of());
  }

  private Committed publish(ExportRun run, RunSpecs.Made made, ExportResult result)
      throws IOException {
    ExportPublisher.Outcome outcome =
        publisher.publish(made.spec(), result, run.id(), made.manifest(), replaced(run));
    if (!outcome.published()) {
      return new Committed.Failed(
          new RunFailure(Cause.WRITING, "LostUploadError", "Uploads are gone: " + outcome.lost()));
    }
    if (!outcome.undeleted().isEmpty()) {
      log.add(
          run.export(),
          run.id(),
          run.updatedAt(),
          ExportLog.Level.WARNING,
          "Files of an earlier run may not be deleted: " + outcome.undeleted());
    }
    for (int attempt = 1; attempt < run.attempt(); attempt++) {
      publisher.abandon(made.spec().ofAttempt(attempt));
    }
    return new Committed.Done(entry(run, made, result, outcome.files()));
  }

  /** What an earlier run of the interval has written. */
  private Set<String> replaced(ExportRun run) {
    Set<String> keys = new HashSet<>();
    ledger
        .of(run.export(), run.interval())
        .ifPresent(
            entry -> {
              entry.files().forEach(file -> keys.add(file.key()));
              if (entry.manifestWritten()) {
                keys.add(entry.manifestKey());
              }
            });
    return keys;
  }

  private static Ledger.Entry entry(
      ExportRun run,
      RunSpecs.Made made,
      ExportResult result,
      List<ExportPublisher.VisibleFile> visible) {
    List<Ledger.File> files = visible.stream().map(RunCommits::file).toList();
    return new Ledger.Entry(
        run.id(),
        run.interval(),
        result.rowsWritten(),
        result.bytesWritten(),
        result.rowsWritten(),
        made.spec().destination().names().manifest(),
        made.manifest() && !files.isEmpty(),
        files);
  }

  private static Ledger.File file(ExportPublisher.VisibleFile visible) {
    ExportedFile file = visible.file();
    return new Ledger.File(file.key(), file.rows(), file.bytes(), visible.etag(), file.sha256());
  }
}
