package io.penstock.control.export;

/** Runs attempts somewhere. All of it can be repeated. Thread-safe; nothing here throws. */
public interface RunExecutor {
  /** Whether another attempt can begin now. */
  boolean hasRoom();

  /**
   * Begins the run's attempt under an id of its own, or finds it begun. What keeps it from
   * beginning is seen by {@link #look}, or returned if nothing was begun.
   */
  Sight start(ExportRun run);

  Sight look(ExportRun run);

  /** Makes the files of an attempt that is {@link Sight.Written} visible, and the manifest last. */
  Committed commit(ExportRun run);

  /**
   * Stops the attempt, if it runs, and gives up what the run's attempts have begun to write.
   *
   * @param gently whether it is asked to stop with a savepoint, as loading jobs are, and may end
   *     what it is in the middle of; it is canceled otherwise
   * @return whether nothing runs and nothing is left any more; to be called again otherwise
   */
  boolean abandon(ExportRun run, boolean gently);

  /** How an attempt stands. */
  sealed interface Sight {
    /** Nothing new, or nobody can tell. */
    record Unknown() implements Sight {}

    record Running(ExportRun.Counts counts) implements Sight {}

    /** All is written, and invisible. */
    record Written(ExportRun.Counts counts) implements Sight {}

    record Failed(RunFailure failure) implements Sight {}

    /** Stopped by somebody else. */
    record Canceled() implements Sight {}
  }

  /** What became of a commit. */
  sealed interface Committed {
    record Done(Ledger.Entry entry) implements Committed {}

    /** It is to be tried again. */
    record Later(String reason) implements Committed {}

    /** It cannot be: the uploads are gone. Another attempt has to write the files again. */
    record Failed(RunFailure failure) implements Committed {}
  }
}
