package io.penstock.control.publish;

import io.penstock.control.arrivals.Queues;
import io.penstock.spec.S3Access;
import io.penstock.spec.SecretBox;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/** Queues of SQS, with a client for each way to reach them. */
public final class SqsQueues implements Queues, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** SQS hands out and takes back no more at once. */
  private static final int BATCH = 10;

  /** With a wait, however short, SQS asks all of its servers. */
  private static final int WAIT_SECONDS = 1;

  private final Optional<URI> endpoint;
  private final SourceKeys keys;
  private final Map<S3Access, SqsClient> clients = new ConcurrentHashMap<>();
  private final Map<Named, String> urls = new ConcurrentHashMap<>();

  /** A queue as somebody may call it. */
  private record Named(S3Access access, String queue) {}

  /**
   * @param endpoint absent for AWS itself
   */
  public SqsQueues(Optional<URI> endpoint, StorageAccess storage, SecretBox secrets) {
    this.endpoint = endpoint;
    this.keys = new SourceKeys(storage, secrets);
  }

  @Override
  public List<Message> receive(S3Access access, String queue, Duration hidden) throws IOException {
    try {
      SqsClient client = client(access);
      return client
          .receiveMessage(
              r ->
                  r.queueUrl(url(client, access, queue))
                      .maxNumberOfMessages(BATCH)
                      .waitTimeSeconds(WAIT_SECONDS)
                      .visibilityTimeout((int) hidden.toSeconds()))
          .messages()
          .stream()
          .map(m -> new Message(m.messageId(), m.receiptHandle(), m.body()))
          .toList();
    } catch (SdkException e) {
      throw new IOException("cannot read queue " + queue + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void delete(S3Access access, String queue, List<Message> messages) throws IOException {
    try {
      SqsClient client = client(access);
      for (int from = 0; from < messages.size(); from += BATCH) {
        List<DeleteMessageBatchRequestEntry> entries =
            messages.subList(from, Math.min(messages.size(), from + BATCH)).stream()
                .map(SqsQueues::entry)
                .toList();
        // One that is not deleted comes again.
        client.deleteMessageBatch(r -> r.queueUrl(url(client, access, queue)).entries(entries));
      }
    } catch (SdkException e) {
      throw new IOException("cannot delete from queue " + queue + ": " + e.getMessage(), e);
    }
  }

  private static DeleteMessageBatchRequestEntry entry(Message message) {
    return DeleteMessageBatchRequestEntry.builder()
        .id(message.id())
        .receiptHandle(message.receipt())
        .build();
  }

  private SqsClient client(S3Access access) {
    return clients.computeIfAbsent(
        access,
        a -> {
          SqsClientBuilder builder =
              SqsClient.builder()
                  .region(Region.of(a.region()))
                  .overrideConfiguration(c -> c.apiCallTimeout(PATIENCE))
                  .credentialsProvider(keys.of(a));
          endpoint.ifPresent(builder::endpointOverride);
          return builder.build();
        });
  }

  private String url(SqsClient client, S3Access access, String queue) {
    return urls.computeIfAbsent(
        new Named(access, queue), key -> client.getQueueUrl(r -> r.queueName(queue)).queueUrl());
  }

  @Override
  public void close() {
    clients.values().forEach(SqsClient::close);
  }
}
