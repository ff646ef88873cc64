package io.penstock.job.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

final class SignedHeadersTest {
  private static final Instant THEN = Instant.parse("2013-05-24T00:00:00Z");
  private static final String ID = "AKIAIOSFODNN7EXAMPLE";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

  private static SignedHeaders.Line get(String path) {
    return new SignedHeaders.Line("GET", path, "");
  }

  /** The example that S3's documentation works through. */
  @Test
  void aRequestIsSignedAsTheDocumentationSignsIt() {
    TreeMap<String, String> headers =
        new TreeMap<>(Map.of("host", "examplebucket.s3.amazonaws.com", "range", "bytes=0-9"));

    new SignedHeaders("us-east-1")
        .sign(
            AwsBasicCredentials.create(ID, SECRET),
            THEN,
            get("/test.txt"),
            SignedHeaders.NO_BODY,
            headers);

    assertThat(headers)
        .containsEntry("x-amz-date", "20130524T000000Z")
        .containsEntry(
            "authorization",
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                + " SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                + " Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  }

  @Test
  void anotherSecretOrDayGivesAnotherSignatureAndASessionIsSigned() {
    SignedHeaders signer = new SignedHeaders("us-east-1");
    String first = signature(signer, SECRET, THEN);

    assertThat(signature(signer, "another", THEN)).isNotEqualTo(first);
    assertThat(signature(signer, SECRET, THEN.plusSeconds(86_400))).isNotEqualTo(first);
    assertThat(signature(signer, SECRET, THEN)).isEqualTo(first);
    TreeMap<String, String> headers = new TreeMap<>(Map.of("host", "h"));
    signer.sign(
        AwsSessionCredentials.create(ID, SECRET, "token"),
        THEN,
        get("/k"),
        SignedHeaders.NO_BODY,
        headers);
    assertThat(headers).containsEntry("x-amz-security-token", "token");
    assertThat(headers.get("authorization")).contains("x-amz-date;x-amz-security-token,");
  }

  private static String signature(SignedHeaders signer, String secret, Instant now) {
    TreeMap<String, String> headers = new TreeMap<>(Map.of("host", "h"));
    signer.sign(
        AwsBasicCredentials.create(ID, secret), now, get("/k"), SignedHeaders.NO_BODY, headers);
    return headers.get("authorization");
  }

  /** Another such example. */
  @Test
  void aBodyIsSignedAsTheDocumentationSignsIt() {
    byte[] body = "Welcome to Amazon S3.".getBytes(StandardCharsets.UTF_8);
    TreeMap<String, String> headers =
        new TreeMap<>(
            Map.of(
                "host",
                "examplebucket.s3.amazonaws.com",
                "date",
                "Fri, 24 May 2013 00:00:00 GMT",
                "x-amz-storage-class",
                "REDUCED_REDUNDANCY"));

    new SignedHeaders("us-east-1")
        .sign(
            AwsBasicCredentials.create(ID, SECRET),
            THEN,
            new SignedHeaders.Line("PUT", "/test%24file.text", ""),
            SignedHeaders.sha256(body, body.length),
            headers);

    assertThat(headers.get("authorization"))
        .endsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
  }

  /** Another such example. */
  @Test
  void aQueryIsSignedAsTheDocumentationSignsIt() {
    TreeMap<String, String> headers =
        new TreeMap<>(Map.of("host", "examplebucket.s3.amazonaws.com"));

    new SignedHeaders("us-east-1")
        .sign(
            AwsBasicCredentials.create(ID, SECRET),
            THEN,
            new SignedHeaders.Line("GET", "/", "max-keys=2&prefix=J"),
            SignedHeaders.NO_BODY,
            headers);

    assertThat(headers.get("authorization"))
        .endsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
  }
}
