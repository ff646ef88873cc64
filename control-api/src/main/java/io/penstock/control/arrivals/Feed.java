package io.penstock.control.arrivals;

import io.penstock.control.job.JobDefinition;
import io.penstock.spec.ObjectSelection;
import java.util.Optional;
import java.util.UUID;

/** Where it is learned that objects arrive. */
public sealed interface Feed {
  /** The same for the same thing, reached in the same way. */
  String key();

  /**
   * A queue that S3 writes its notifications to.
   *
   * @param region absent for the server's own
   * @param connection absent for the server's own access
   */
  record Queue(String name, Optional<String> region, Optional<UUID> connection) implements Feed {
    @Override
    public String key() {
      return "sqs://%s %s %s".formatted(name, region.orElse("-"), text(connection));
    }
  }

  /**
   * Everything below a key prefix, which is listed again and again.
   *
   * @param source with the prefix as its selection
   */
  record Prefix(JobDefinition.Source source) implements Feed {
    String prefix() {
      return ((ObjectSelection.Prefix) source.selection()).prefix();
    }

    @Override
    public String key() {
      return "s3://%s/%s %s %s"
          .formatted(
              source.bucket(), prefix(), source.region().orElse("-"), text(source.connection()));
    }
  }

  private static String text(Optional<UUID> connection) {
    return connection.map(UUID::toString).orElse("-");
  }
}
