package io.penstock.control.arrivals;

import io.penstock.control.job.JobDefinition;
import io.penstock.control.job.TableRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What a table wants to be fed with.
 *
 * @param entry tells it from the others of the table, also when their order changes
 * @param enabled whether anything is loaded; what arrives meanwhile is not forgotten
 * @param since when it was last written
 * @param takes whether it takes an object of this URL
 * @param loading how objects of a bucket are loaded
 */
public record Subscription(
    UUID organization,
    TableRef table,
    String entry,
    boolean enabled,
    Instant since,
    Feed feed,
    Predicate<String> takes,
    Loading loading) {

  /** Makes the job's definition. */
  @FunctionalInterface
  public interface Loading {
    Made of(String bucket);
  }

  /**
   * A definition, or why there is none.
   *
   * @param problems full sentences
   */
  public record Made(Optional<JobDefinition> definition, List<String> problems) {
    public Made {
      problems = List.copyOf(problems);
    }
  }

  StreamKey stream(String bucket) {
    return new StreamKey(organization, table.tableId(), entry, bucket);
  }

  /** Of its feed. */
  public WatchKey watch() {
    return new WatchKey(organization, feed.key());
  }
}
