package io.penstock.control.export;

import java.util.UUID;

/** What can be wrong with a request about exports. */
public abstract sealed class ExportException extends RuntimeException {
  private ExportException(String message) {
    super(message);
  }

  /** There is no such thing. */
  public static final class NotFound extends ExportException {
    public NotFound(UUID id) {
      super("There is no " + id + ".");
    }
  }

  /** Somebody else changed the record meanwhile. */
  public static final class Stale extends ExportException {
    public Stale(UUID id, long version) {
      super(id + " is no longer at version " + version);
    }
  }

  /** It is over, or has been committed. */
  public static final class Over extends ExportException {
    private final transient Enum<?> state;

    public Over(Enum<?> state) {
      super("It is " + state + ".");
      this.state = state;
    }

    public Enum<?> state() {
      return state;
    }
  }

  /** The project has as many backfills as it may. */
  public static final class TooManyBackfills extends ExportException {
    private final int most;

    public TooManyBackfills(int most) {
      super("There are " + most + " backfills running.");
      this.most = most;
    }

    public int most() {
      return most;
    }
  }

  /** A backfill of the same export and range runs. */
  public static final class DuplicateBackfill extends ExportException {
    public DuplicateBackfill() {
      super("A backfill for this batch export and range is already running.");
    }
  }
}
