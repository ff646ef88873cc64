package io.penstock.control.arrivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class S3NotificationTest {
  private static final String RECORD =
      """
      {"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1","eventTime":"2026-03-01T10:00:00.123Z",
       "eventName":"%s","s3":{"s3SchemaVersion":"1.0","configurationId":"arrived",
       "bucket":{"name":"acme-landing","arn":"arn:aws:s3:::acme-landing"},
       "object":{"key":"%s","size":%s,"eTag":"d41d8cd9","sequencer":"0055AED6"}}}""";

  private static String body(String... records) {
    return "{\"Records\":[" + String.join(",", records) + "]}";
  }

  @Test
  void keysAreDecodedAndOnlyCreationsCount() throws Exception {
    assertThat(
            S3Notification.read(
                body(
                    RECORD.formatted("ObjectCreated:Put", "orders/a+b%2Bc/%C3%BC.gz", 7),
                    RECORD.formatted("ObjectRemoved:Delete", "gone", 7),
                    RECORD.formatted("ObjectCreated:CompleteMultipartUpload", "big", 1L << 40))))
        .containsExactly(
            new Found(
                "acme-landing",
                "orders/a b+c/ü.gz",
                "d41d8cd9",
                7,
                Instant.parse("2026-03-01T10:00:00.123Z")),
            new Found(
                "acme-landing",
                "big",
                "d41d8cd9",
                1L << 40,
                Instant.parse("2026-03-01T10:00:00.123Z")));
  }

  @Test
  void aTestOfTheQueueTellsOfNothing() throws Exception {
    assertThat(S3Notification.read("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\"}"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "7",
        "[]",
        "{}",
        "{\"Records\":{}}",
        "not JSON",
        "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\"}]}",
      })
  void whatIsNoNotificationIsRefused(String body) {
    assertThatThrownBy(() -> S3Notification.read(body)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource({"a%00b, 7", "KKKK, 7", "a, -1", "a, 1.5", "a, 99999999999999999999"})
  void anObjectThatS3CannotHaveIsRefused(String key, String size) {
    String body =
        body(RECORD.formatted("ObjectCreated:Put", key.replace("K", "x".repeat(300)), size));

    assertThatThrownBy(() -> S3Notification.read(body))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("A notification ");
  }

  @Test
  void aKeyThatIsNotEncodedAsItShouldIsRefused() {
    String body = body(RECORD.formatted("ObjectCreated:Put", "100%", 1));

    assertThatThrownBy(() -> S3Notification.read(body))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be read");
  }
}
