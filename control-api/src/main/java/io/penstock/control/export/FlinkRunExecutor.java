package io.penstock.control.export;

import io.penstock.control.export.RunFailure.Cause;
import io.penstock.control.job.FlinkGateway;
import io.penstock.control.job.FlinkGateway.Observation;
import io.penstock.control.job.FlinkJobId;
import io.penstock.spec.Accumulators;
import io.penstock.spec.export.ExportFailure;
import io.penstock.spec.export.ExportFolder;
import io.penstock.spec.export.ExportPlan;
import io.penstock.spec.export.ExportResult;
import io.penstock.spec.export.ExportSpec;
import io.penstock.spec.export.FileNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has Flink run attempts; what they leave in their folders says how they ended. Thread-safe. */
public final class FlinkRunExecutor implements RunExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkRunExecutor.class);

  private final FlinkGateway flink;
  private final ExportFolders folders;
  private final ExportPublisher publisher;
  private final RunSpecs specs;
  private final RunCommits commits;
  private final ExportLog log;
  private final int maxParallelism;

  /** Of the attempts that this process looks at: planning is not done anew at every look. */
  private final Map<UUID, RunSpecs.Made> known = new ConcurrentHashMap<>();

  public FlinkRunExecutor(
      FlinkGateway flink,
      ExportFolders folders,
      ExportPublisher publisher,
      RunSpecs specs,
      Ledger ledger,
      ExportLog log,
      int maxParallelism) {
    this.flink = flink;
    this.folders = folders;
    this.publisher = publisher;
    this.specs = specs;
    this.commits = new RunCommits(folders, publisher, ledger, log);
    this.log = log;
    this.maxParallelism = maxParallelism;
  }

  @Override
  public boolean hasRoom() {
    return flink.freeSlots().orElse(0) > 0;
  }

  private static String flinkJobId(ExportRun run) {
    return FlinkJobId.of(run.id(), run.attempt());
  }

  private RunSpecs.Made made(ExportRun run) throws RunException {
    RunSpecs.Made before = known.get(run.id());
    if (before != null && before.spec().attempt() == run.attempt()) {
      return before;
    }
    RunSpecs.Made made = specs.of(run);
    known.put(run.id(), made);
    return made;
  }

  @Override
  public Sight start(ExportRun run) {
    try {
      RunSpecs.Made made = made(run);
      // Frozen by the first attempt: every one reads the same files.
      ExportPlan plan = folders.writePlan(made.spec().folder(), made.plan());
      tell(run, made, plan);
      if (plan.files().isEmpty()) {
        return new Sight.Written(ExportRun.Counts.of(0, 0, Optional.of(0L)));
      }
      submit(run, made.spec(), plan);
      // Planned anew, it is of another snapshot, and may be of other rows.
      OptionalLong total = plan.equals(made.plan()) ? made.expectedRows() : OptionalLong.empty();
      return new Sight.Running(
          new ExportRun.Counts(
              Optional.empty(),
              Optional.empty(),
              total.isPresent() ? Optional.of(total.getAsLong()) : Optional.empty()));
    } catch (RunException e) {
      return new Sight.Failed(e.failure());
    } catch (IOException e) {
      return new Sight.Failed(reading("StorageError", e));
    }
  }

  private void tell(ExportRun run, RunSpecs.Made made, ExportPlan plan) {
    if (run.attempt() > 1) {
      return;
    }
    long bytes = plan.files().stream().mapToLong(ExportPlan.TableFile::bytes).sum();
    line(
        run,
        ExportLog.Level.INFO,
        "Reading %d source files, %d bytes".formatted(plan.files().size(), bytes));
    made.badPrefix()
        .ifPresent(
            prefix ->
                line(
                    run,
                    ExportLog.Level.WARNING,
                    "Prefix '" + prefix + "' is not a valid template and is used literally"));
    FileNames names = made.spec().destination().names();
    line(
        run,
        ExportLog.Level.INFO,
        "Writing to s3://%s/%s%s%s"
            .formatted(
                made.spec().destination().bucket(), names.prefix(), names.name(), names.suffix()));
  }

  private void line(ExportRun run, ExportLog.Level level, String message) {
    log.add(run.export(), run.id(), run.updatedAt(), level, message);
  }

  private void submit(ExportRun run, ExportSpec spec, ExportPlan plan) {
    int free = Math.max(1, flink.freeSlots().orElse(1));
    int parallelism = Math.min(Math.min(free, maxParallelism), plan.files().size());
    flink.submitExport(flinkJobId(run), spec, parallelism);
  }

  @Override
  public Sight look(ExportRun run) {
    try {
      RunSpecs.Made made = made(run);
      ExportFolder folder = made.spec().folder();
      Optional<Sight> written = written(folder);
      if (written.isPresent()) {
        return written.get();
      }
      Observation seen = flink.find(flinkJobId(run));
      if (seen instanceof Observation.Found found) {
        return found(made, found);
      }
      // What Flink has forgotten, or never got, is started again under the same id.
      return seen instanceof Observation.NotFound ? missing(run, folder) : new Sight.Unknown();
    } catch (RunException e) {
      return new Sight.Failed(e.failure());
    } catch (IOException e) {
      LOG.debug("cannot look at export run {}", run.id(), e);
      return new Sight.Unknown();
    }
  }

  private Optional<Sight> written(ExportFolder folder) throws IOException {
    return folders.result(folder).map(FlinkRunExecutor::counts).map(Sight.Written::new);
  }

  private static ExportRun.Counts counts(ExportResult result) {
    return ExportRun.Counts.of(
        result.rowsWritten(), result.bytesWritten(), Optional.of(result.rowsWritten()));
  }

  private Sight missing(ExportRun run, ExportFolder folder) throws IOException {
    Optional<ExportFailure> failure = folders.failure(folder).filter(ExportFailure::permanent);
    return failure.isPresent() ? new Sight.Failed(AttemptFailures.of(failure.get())) : start(run);
  }

  private Sight found(RunSpecs.Made made, Observation.Found found) throws IOException {
    ExportFolder folder = made.spec().folder();
    return switch (found.state()) {
      case "FINISHED" ->
          written(folder)
              .orElseGet(
                  () ->
                      new Sight.Failed(
                          new RunFailure(
                              Cause.READING, "MissingResultError", "The job left no result")));
      case "FAILED" ->
          new Sight.Failed(
              folders
                  .failure(folder)
                  .map(AttemptFailures::of)
                  .orElseGet(
                      () ->
                          new RunFailure(
                              Cause.READING,
                              "JobFailedError",
                              found.failure().orElse("Flink gives no reason"))));
      case "CANCELED" -> new Sight.Canceled();
      default -> new Sight.Running(live(found.accumulators()));
    };
  }

  private static ExportRun.Counts live(Map<String, Long> accumulators) {
    return new ExportRun.Counts(
        Optional.ofNullable(accumulators.get(Accumulators.ROWS_WRITTEN)),
        Optional.ofNullable(accumulators.get(Accumulators.BYTES_WRITTEN)),
        Optional.empty());
  }

  @Override
  public Committed commit(ExportRun run) {
    try {
      Committed committed = commits.commit(run, made(run));
      if (committed instanceof Committed.Done) {
        known.remove(run.id());
      }
      return committed;
    } catch (RunException e) {
      return new Committed.Failed(e.failure());
    }
  }

  @Override
  public boolean abandon(ExportRun run, boolean gently) {
    // Before its uploads are looked at: one that runs may begin more.
    boolean stopped = stopped(run, gently);
    try {
      ExportSpec spec = made(run).spec();
      for (int attempt = 1; attempt <= run.attempt(); attempt++) {
        publisher.abandon(spec.ofAttempt(attempt));
      }
    } catch (RunException e) {
      // Nothing can have been begun where nothing can be reached.
      LOG.debug("nothing to give up of export run {}", run.id(), e);
    } catch (IOException e) {
      LOG.info("cannot give up all that export run {} has begun", run.id(), e);
      return false;
    }
    known.remove(run.id());
    return stopped;
  }

  private boolean stopped(ExportRun run, boolean gently) {
    String id = flinkJobId(run);
    Observation seen = flink.find(id);
    if (seen instanceof Observation.NotFound
        || (seen instanceof Observation.Found found && isOver(found.state()))) {
      return true;
    }
    if (gently) {
      // The savepoint itself is of no use: an export that is run again begins anew.
      flink.stop(id, UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)));
    } else {
      flink.cancel(id);
    }
    return false;
  }

  private static boolean isOver(String state) {
    return state.equals("CANCELED") || state.equals("FAILED") || state.equals("FINISHED");
  }

  private static RunFailure reading(String type, IOException e) {
    return new RunFailure(Cause.READING, type, String.valueOf(e.getMessage()));
  }
}
