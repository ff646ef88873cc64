package io.penstock.control.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.penstock.control.arrivals.Found;
import io.penstock.control.arrivals.Listing.Page;
import io.penstock.locals3.LocalS3;
import io.penstock.spec.S3Access;
import io.penstock.spec.S3Credentials;
import io.penstock.spec.SecretBox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Listings, from a real S3 server. */
final class S3ListingTest {
  private static final String STS_ENDPOINT = "aws.endpointUrlSts";

  @TempDir static Path folder;
  private static final SecretBox SECRETS = SecretBox.of(SecretBox.newKey());
  private static Instant began;
  private static LocalS3 s3;
  private static HttpServer sts;
  private static S3Listing listing;

  @BeforeAll
  static void start() throws IOException {
    began = Instant.now();
    Files.createDirectories(folder.resolve("landing"));
    s3 = LocalS3.start(folder, 0, "key", "secret");
    sts = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sts.createContext("/", S3ListingTest::assume);
    sts.start();
    System.setProperty(STS_ENDPOINT, "http://127.0.0.1:" + sts.getAddress().getPort());
    listing =
        new S3Listing(
            new StorageAccess(
                Optional.of(s3.endpoint()), "us-east-1", true, "penstock", "", "key", "secret"),
            SECRETS);
    try (S3Client client =
        S3Client.builder()
            .endpointOverride(s3.endpoint())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .build()) {
      for (int i = 0; i < 1_003; i++) {
        String key = "in/%04d".formatted(i);
        client.putObject(r -> r.bucket("landing").key(key), RequestBody.fromString("12345"));
      }
    }
  }

  @AfterAll
  static void stop() {
    System.clearProperty(STS_ENDPOINT);
    listing.close();
    sts.stop(0);
    s3.close();
  }

  /** Gives out the server's keys as those of the role. */
  private static void assume(HttpExchange exchange) throws IOException {
    byte[] answer =
        """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
          <Credentials><AccessKeyId>key</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
            <SessionToken>token</SessionToken><Expiration>%s</Expiration></Credentials>
        </AssumeRoleResult></AssumeRoleResponse>"""
            .formatted(Instant.now().plusSeconds(3_600))
            .getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/xml");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static S3Access access(Optional<S3Credentials> credentials) {
    return new S3Access(
        Optional.of(s3.endpoint().toString()), "us-east-1", true, credentials.map(SECRETS::seal));
  }

  @Test
  void objectsComeInPagesBehindTheLastKey() throws Exception {
    S3Access access = access(Optional.empty());

    Page first = listing.page(access, "landing", "in/", "");
    Page second = listing.page(access, "landing", "in/", "in/0999");

    assertThat(first.objects()).hasSize(1_000);
    assertThat(first.last()).isFalse();
    assertThat(second.objects())
        .extracting(Found::url)
        .containsExactly("s3://landing/in/1000", "s3://landing/in/1001", "s3://landing/in/1002");
    assertThat(second.last()).isTrue();
    Found one = second.objects().get(0);
    assertThat(one.size()).isEqualTo(5);
    assertThat(one.etag()).isEqualTo("827ccb0eea8a706c4c34a16891f84e7b");
    assertThat(one.changedAt())
        .isAfter(began.minusSeconds(2))
        .isBefore(Instant.now().plusSeconds(2));
  }

  @Test
  void aRoleIsAssumed() throws Exception {
    S3Access access =
        access(
            Optional.of(
                new S3Credentials(
                    "base",
                    "base secret",
                    Optional.empty(),
                    Optional.of("arn:aws:iam::123456789012:role/reader"))));

    assertThat(listing.page(access, "landing", "in/1", "").objects()).hasSize(3);
  }

  @Test
  void whatCannotBeListedIsNamed() {
    S3Access access =
        access(Optional.of(new S3Credentials("stranger", "secret", Optional.empty())));

    assertThatThrownBy(() -> listing.page(access, "landing", "in/", ""))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot list s3://landing/in/: ");
  }
}
