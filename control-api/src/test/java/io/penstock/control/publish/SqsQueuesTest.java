package io.penstock.control.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.control.arrivals.Queues.Message;
import io.penstock.spec.S3Access;
import io.penstock.spec.SecretBox;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Queues, against a server that answers as SQS does. */
final class SqsQueuesTest {
  private static final S3Access ACCESS =
      new S3Access(Optional.empty(), "us-east-1", true, Optional.empty());
  private static SQSRestServer server;
  private static SqsClient sender;
  private static SqsQueues queues;

  @BeforeAll
  static void start() {
    server = SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
    URI endpoint =
        URI.create("http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
    sender =
        SqsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("k", "s")))
            .build();
    queues =
        new SqsQueues(
            Optional.of(endpoint),
            new StorageAccess(Optional.empty(), "us-east-1", true, "b", "", "k", "s"),
            SecretBox.of(SecretBox.newKey()));
  }

  @AfterAll
  static void stop() {
    queues.close();
    sender.close();
    server.stopAndWait();
  }

  private static void send(String queue, int messages) {
    String url = sender.createQueue(r -> r.queueName(queue)).queueUrl();
    for (int i = 0; i < messages; i++) {
      String body = "message " + i;
      sender.sendMessage(r -> r.queueUrl(url).messageBody(body));
    }
  }

  private static List<Message> all(String queue, Duration hidden) throws IOException {
    List<Message> all = new ArrayList<>();
    for (List<Message> some = queues.receive(ACCESS, queue, hidden);
        !some.isEmpty();
        some = queues.receive(ACCESS, queue, hidden)) {
      all.addAll(some);
    }
    return all;
  }

  @Test
  void messagesComeOnceWhileTheyAreHiddenAndNeverAgainWhenTheyAreDeleted() throws Exception {
    send("arrived", 25);

    List<Message> received = all("arrived", Duration.ofMinutes(5));
    queues.delete(ACCESS, "arrived", received);

    Set<String> bodies = new HashSet<>();
    received.forEach(message -> bodies.add(message.body()));
    assertThat(received).hasSize(25);
    assertThat(bodies).hasSize(25).contains("message 0", "message 24");
    assertThat(all("arrived", Duration.ofMinutes(5))).isEmpty();
  }

  @Test
  void whatIsNotDeletedComesAgainUnderAnotherReceipt() throws Exception {
    send("again", 1);
    Message first = queues.receive(ACCESS, "again", Duration.ZERO).get(0);
    Message second = queues.receive(ACCESS, "again", Duration.ofMinutes(5)).get(0);

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.receipt()).isNotEqualTo(first.receipt());
    queues.delete(ACCESS, "again", List.of());
  }

  @Test
  void aQueueThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> queues.receive(ACCESS, "absent", Duration.ofMinutes(5)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot read queue absent");
  }
}
