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
  private static final int MAX_KEY_BYTES = 1_024;

  /** Of a bucket's name and an entity tag. */
  private static final int MAX_BYTES = 128;

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

  private static boolean isSize(JsonNode size) {
    return size.isIntegralNumber() && size.canConvertToLong() && size.longValue() >= 0;
  }

  /** Whoever may write to the queue may write anything. */
  private static boolean isName(String name, int bytes) {
    return name.indexOf(0) < 0 && name.getBytes(StandardCharsets.UTF_8).length <= bytes;
  }

  private static Found object(JsonNode record) throws IOException {
    JsonNode object = record.at("/s3/object");
    String bucket = record.at("/s3/bucket/name").asText();
    String key = object.path("key").asText();
    String etag = object.path("eTag").asText();
    if (bucket.isEmpty() || key.isEmpty() || etag.isEmpty() || !isSize(object.path("size"))) {
      throw new IOException("A notification lacks its object's bucket, key, eTag or size.");
    }
    try {
      String decoded = URLDecoder.decode(key, StandardCharsets.UTF_8);
      if (!isName(decoded, MAX_KEY_BYTES)
          || !isName(bucket, MAX_BYTES)
          || !isName(etag, MAX_BYTES)) {
        throw new IOException("A notification names an object that S3 cannot have.");
      }
      return new Found(
          bucket,
          decoded,
          etag,
          object.path("size").longValue(),
          Instant.parse(record.path("eventTime").asText()));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException("A notification cannot be read: " + e.getMessage(), e);
    }
  }
}
