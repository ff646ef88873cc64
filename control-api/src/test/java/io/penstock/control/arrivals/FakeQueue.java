package io.penstock.control.arrivals;

import io.penstock.spec.S3Access;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A queue that hands messages out again when they are not deleted in time. */
final class FakeQueue implements Queues {
  private static final int MESSAGES_AT_ONCE = 2;

  private final Faults faults;
  private final Clock clock;
  private final Map<String, Held> messages = new LinkedHashMap<>();
  private int sent;

  FakeQueue(Faults faults, Clock clock) {
    this.faults = faults;
    this.clock = clock;
  }

  private record Held(Message message, Instant visible, int received) {}

  /** As S3 does when an object is made. */
  void tell(Found object) {
    send(
        """
        {"Records":[{"eventName":"ObjectCreated:Put","eventTime":"%s","s3":{
          "bucket":{"name":"%s"},"object":{"key":"%s","size":%d,"eTag":"%s"}}}]}"""
            .formatted(
                object.changedAt(),
                object.bucket(),
                URLEncoder.encode(object.key(), StandardCharsets.UTF_8),
                object.size(),
                object.etag()));
  }

  void send(String body) {
    String id = "m" + sent++;
    messages.put(id, new Held(new Message(id, id + "-0", body), Instant.EPOCH, 0));
  }

  /** How many have not been deleted. */
  int size() {
    return messages.size();
  }

  /** How often the messages that are left were handed out. */
  int received() {
    return messages.values().stream().mapToInt(Held::received).sum();
  }

  @Override
  public List<Message> receive(S3Access access, String queue, Duration hidden) throws IOException {
    faults.before("receive");
    List<Message> received = new ArrayList<>();
    for (Map.Entry<String, Held> one : messages.entrySet()) {
      Held held = one.getValue();
      if (received.size() < MESSAGES_AT_ONCE && !held.visible().isAfter(clock.instant())) {
        int times = held.received() + 1;
        Message message =
            new Message(one.getKey(), one.getKey() + "-" + times, held.message().body());
        one.setValue(new Held(message, clock.instant().plus(hidden), times));
        received.add(message);
      }
    }
    faults.after("receive");
    return received;
  }

  @Override
  public void delete(S3Access access, String queue, List<Message> done) throws IOException {
    faults.before("delete");
    done.forEach(message -> messages.remove(message.id()));
    faults.after("delete");
  }
}
