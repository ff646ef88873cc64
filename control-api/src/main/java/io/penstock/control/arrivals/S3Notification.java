package io.penstock.control.arrivals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads what S3 writes to a queue. Pure. */
final class S3Notification {
  private static final ObjectMapper JSON = new ObjectMapper();

  private S3Notification() {}

  /**
   * The objects that it says were created; empty also for a notification of something else.
   *
   * @throws IOException with a sentence if it is no notification
   */
  static List<Found> read(String body) throws IOException {
    JsonNode message = JSON.readTree(body);
    if (message.path("Event").asText().equals("s3:TestEvent")) {
      return List.of();
    }
    if (!message.path("Records").isArray()) {
      throw new IOException("A message is no notification of S3: it has no Records.");
    }
    List<Found> found = new ArrayList<>();
    for (JsonNode record : message.path("Records")) {
      if (record.path("eventName").asText().startsWith("ObjectCreated:")) {
        found.add(object(record));
      }
    }
    return found;
  }

  private static Found object(JsonNode record) throws IOException {
    JsonNode object = record.at("/s3/object");
    String bucket = record.at("/s3/bucket/name").asText();
    String key = object.path("key").asText();
    String etag = object.path("eTag").asText();
    if (bucket.isEmpty() || key.isEmpty() || etag.isEmpty() || !object.path("size").isNumber()) {
      throw new IOException("A notification lacks its object's bucket, key, eTag or size.");
    }
    try {
      return new Found(
          bucket,
          URLDecoder.decode(key, StandardCharsets.UTF_8),
          etag,
          object.path("size").longValue(),
          Instant.parse(record.path("eventTime").asText()));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException("A notification cannot be read: " + e.getMessage(), e);
    }
  }
}
