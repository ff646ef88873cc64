package io.penstock.job.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.locals3.LocalS3;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

final class DirectRequestsTest {
  private static final String BUCKET = "bucket";

  @TempDir static Path folder;
  private static LocalS3 s3;
  private static SdkHttpClient http;
  private static S3Client client;
  private static DirectRequests direct;

  @BeforeAll
  static void start() throws Exception {
    Files.createDirectories(folder.resolve(BUCKET));
    s3 = LocalS3.start(folder, 0, "access", "secret");
    http = Apache5HttpClient.create();
    client = client(Optional.of(s3.endpoint()), true);
    direct = direct(client, "secret");
  }

  private static S3Client client(Optional<URI> endpoint, boolean pathStyle) {
    var builder =
        S3Client.builder()
            .httpClient(http)
            .region(Region.US_EAST_1)
            .forcePathStyle(pathStyle)
            .credentialsProvider(credentials("secret"));
    endpoint.ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private static StaticCredentialsProvider credentials(String secret) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("access", secret));
  }

  private static DirectRequests direct(S3Client client, String secret) {
    return new DirectRequests(
        http, credentials(secret), client.utilities(), "us-east-1", Clock.systemUTC());
  }

  @AfterAll
  static void stop() {
    client.close();
    http.close();
    s3.close();
  }

  private static String put(String key, String content) {
    return client.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromString(content)).eTag();
  }

  @Test
  void keysOfAnyCharactersAreSignedAndFound() throws Exception {
    String plain = "azAZ09-._~";
    for (String key :
        new String[] {plain, "a/b c", "q?x=1&y", "p%41+", "ü€😀", "!$'()*,;:@=[]{}|^`"}) {
      String etag = put(key, "content of " + key);
      long length = ("content of " + key).getBytes(StandardCharsets.UTF_8).length;

      Optional<PinnedObjectStream.Opened> opened = direct.open(BUCKET, key, etag, 0, length);

      assertThat(opened).as(key).isPresent();
      try (InputStream body = opened.get().body()) {
        assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo("content of " + key);
      }
    }
  }

  @Test
  void aRangeHasTheLengthThatWasAskedFor() throws Exception {
    String etag = put("range", "0123456789");

    PinnedObjectStream.Opened opened = direct.open(BUCKET, "range", etag, 3, 7).orElseThrow();

    assertThat(opened.length()).isEqualTo(4);
    assertThat(new String(opened.body().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("3456");
  }

  @Test
  void whateverIsNoSuccessIsLeftToTheSdkAndAfterAWhileEverything() {
    String etag = put("refused", "x");
    DirectRequests wrong = direct(client, "another secret");
    assertThat(wrong.open(BUCKET, "refused", etag, 0, 1)).isEmpty();
    DirectRequests fresh = direct(client, "secret");
    for (int i = 0; i < 7; i++) {
      assertThat(fresh.open(BUCKET, "refused", "\"another\"", 0, 1)).isEmpty();
    }
    assertThat(fresh.open(BUCKET, "refused", etag, 0, 1)).isPresent();
    for (int i = 0; i < 8; i++) {
      assertThat(fresh.open(BUCKET, "none", etag, 0, 1)).isEmpty();
    }
    assertThat(fresh.open(BUCKET, "refused", etag, 0, 1)).isEmpty();
  }

  @Test
  void aPathIsEncodedByteByByte() {
    assertThat(DirectRequests.encoded("a b/ü+~", "-._~/")).isEqualTo("a%20b/%C3%BC%2B~");
  }

  @Test
  void aPartIsUploadedAsItsFirstBytes() {
    String id = client.createMultipartUpload(r -> r.bucket(BUCKET).key("in/parts")).uploadId();
    byte[] bytes = "0123456789".getBytes(StandardCharsets.UTF_8);

    String etag = direct.uploadPart(BUCKET, "in/parts", id, 1, bytes, 4).orElseThrow();

    CompletedPart part = CompletedPart.builder().partNumber(1).eTag(etag).build();
    client.completeMultipartUpload(
        r -> r.bucket(BUCKET).key("in/parts").uploadId(id).multipartUpload(m -> m.parts(part)));
    assertThat(client.getObjectAsBytes(r -> r.bucket(BUCKET).key("in/parts")).asUtf8String())
        .isEqualTo("0123");
  }

  @Test
  void aPartThatIsRefusedIsLeftToTheSdk() {
    String id = client.createMultipartUpload(r -> r.bucket(BUCKET).key("refused")).uploadId();
    DirectRequests wrong = direct(client, "another secret");

    assertThat(wrong.uploadPart(BUCKET, "refused", id, 1, new byte[1], 1)).isEmpty();
  }
}
