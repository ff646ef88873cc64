package io.penstock.job.s3;

import static org.assertj.core.api.Assertions.assertThat;

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

  /** The example that S3's documentation works through. */
  @Test
  void aRequestIsSignedAsTheDocumentationSignsIt() {
    TreeMap<String, String> headers =
        new TreeMap<>(Map.of("host", "examplebucket.s3.amazonaws.com", "range", "bytes=0-9"));

    new SignedHeaders("us-east-1")
        .sign(AwsBasicCredentials.create(ID, SECRET), THEN, "/test.txt", headers);

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
    signer.sign(AwsSessionCredentials.create(ID, SECRET, "token"), THEN, "/k", headers);
    assertThat(headers).containsEntry("x-amz-security-token", "token");
    assertThat(headers.get("authorization")).contains("x-amz-date;x-amz-security-token,");
  }

  private static String signature(SignedHeaders signer, String secret, Instant now) {
    TreeMap<String, String> headers = new TreeMap<>(Map.of("host", "h"));
    signer.sign(AwsBasicCredentials.create(ID, secret), now, "/k", headers);
    return headers.get("authorization");
  }
}
