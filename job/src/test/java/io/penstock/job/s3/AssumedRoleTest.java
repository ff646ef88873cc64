package io.penstock.job.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.penstock.locals3.LocalS3;
import io.penstock.spec.S3Access;
import io.penstock.spec.S3Credentials;
import io.penstock.spec.SecretBox;
import io.penstock.spec.TaskFailure.FailureCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose keys are those of a role, which an STS of the test's own gives out. */
final class AssumedRoleTest {
  private static final String STS_ENDPOINT = "aws.endpointUrlSts";
  private static final String ROLE = "arn:aws:iam::123456789012:role/reader";

  @TempDir Path folder;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private LocalS3 s3;
  private HttpServer sts;

  /** How long the keys given out are good. */
  private volatile Duration life = Duration.ofHours(1);

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(folder.resolve("landing"));
    s3 = LocalS3.start(folder, 0, "of the role", "secret of the role");
    sts = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sts.createContext("/", this::assume);
    sts.start();
    System.setProperty(STS_ENDPOINT, "http://127.0.0.1:" + sts.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    System.clearProperty(STS_ENDPOINT);
    sts.stop(0);
    s3.close();
  }

  private void assume(HttpExchange exchange) throws IOException {
    String body =
        URLDecoder.decode(new String(exchange.getRequestBody().readAllBytes(), UTF_8), UTF_8);
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    asked.add(authorization + " " + body);
    boolean allowed =
        authorization.contains("Credential=base/") && body.contains("RoleArn=" + ROLE);
    byte[] answer = (allowed ? keys() : refusal()).getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/xml");
    exchange.sendResponseHeaders(allowed ? 200 : 403, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private String keys() {
    return """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
          <AssumedRoleUser><Arn>%s/penstock</Arn><AssumedRoleId>R:penstock</AssumedRoleId></AssumedRoleUser>
          <Credentials><AccessKeyId>of the role</AccessKeyId><SecretAccessKey>secret of the role</SecretAccessKey>
            <SessionToken>token</SessionToken><Expiration>%s</Expiration></Credentials>
        </AssumeRoleResult></AssumeRoleResponse>"""
        .formatted(ROLE, Instant.now().plus(life));
  }

  private static String refusal() {
    return """
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
          <Code>AccessDenied</Code><Message>not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>""";
  }

  private ObjectStore open(String accessKeyId) {
    String key = SecretBox.newKey();
    System.setProperty(S3ObjectStores.KEY_PROPERTY, key);
    S3Credentials credentials =
        new S3Credentials(accessKeyId, "base secret", Optional.empty(), Optional.of(ROLE));
    return new S3ObjectStores()
        .open(
            new S3Access(
                Optional.of(s3.endpoint().toString()),
                "eu-central-1",
                true,
                Optional.of(SecretBox.of(key).seal(credentials))));
  }

  @Test
  void objectsAreReadWithTheRolesKeysWhichAreAskedForOnce() throws Exception {
    try (ObjectStore store = open("base")) {
      store.put("landing", "a", "hello".getBytes(UTF_8));
      String etag = store.stat("landing", "a").orElseThrow().etag();

      assertThat(store.read("landing", "a", etag, 0, 5).readAllBytes())
          .asString(UTF_8)
          .isEqualTo("hello");
      assertThat(store.list("landing", "", Optional.empty()).objects()).hasSize(1);
    }

    assertThat(asked).hasSize(1);
    assertThat(asked.get(0))
        .contains("/eu-central-1/sts/", "Action=AssumeRole", "RoleSessionName=penstock");
  }

  @Test
  void keysThatAreAboutToExpireAreAskedForAnew() throws Exception {
    life = Duration.ofSeconds(1);
    try (ObjectStore store = open("base")) {
      store.put("landing", "a", new byte[1]);
      store.put("landing", "b", new byte[1]);
    }

    assertThat(asked).hasSizeGreaterThan(1);
  }

  @Test
  void whoMayNotAssumeTheRoleIsTold() {
    try (ObjectStore store = open("stranger")) {
      assertThatThrownBy(() -> store.list("landing", "", Optional.empty()))
          .isInstanceOfSatisfying(
              ObjectStoreException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.ACCESS_DENIED))
          .hasMessageContaining("the role cannot be assumed")
          .hasMessageContaining("sts:AssumeRole");
    }
  }
}
