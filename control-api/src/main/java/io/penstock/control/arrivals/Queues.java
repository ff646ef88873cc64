package io.penstock.control.arrivals;

import io.penstock.spec.S3Access;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Queues of messages. Thread-safe. */
public interface Queues {
  /**
   * Some of what there is, soon.
   *
   * @param access region and credentials alone matter
   * @param hidden for how long nobody else gets them
   */
  List<Message> receive(S3Access access, String queue, Duration hidden) throws IOException;

  /** They will not come again. */
  void delete(S3Access access, String queue, List<Message> messages) throws IOException;

  /**
   * @param receipt of this time that it was received
   */
  record Message(String id, String receipt, String body) {}
}
