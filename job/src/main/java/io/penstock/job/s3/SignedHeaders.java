package io.penstock.job.s3;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Signs requests as S3 wants them signed (AWS Signature Version 4). The key of a day is remembered.
 * Thread-safe.
 */
final class SignedHeaders {
  /** Of the payload, where TLS protects it. */
  static final String UNSIGNED_BODY = "UNSIGNED-PAYLOAD";

  static final String NO_BODY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DATE_LENGTH = 8;
  private static final String HMAC = "HmacSHA256";

  private final String region;
  private volatile DayKey dayKey;

  SignedHeaders(String region) {
    this.region = region;
  }

  /**
   * What is asked for.
   *
   * @param path as it is sent
   * @param query as it is sent, its parameters in order; may be empty
   */
  record Line(String method, String path, String query) {}

  private record DayKey(String date, String secret, byte[] key) {}

  /**
   * Adds what is missing, with the signature of all of them.
   *
   * @param payload the SHA-256 of the body, hexadecimal, or what stands for it
   * @param headers names in lower case; with {@code host}
   */
  void sign(
      AwsCredentialsIdentity credentials,
      Instant now,
      Line line,
      String payload,
      SortedMap<String, String> headers) {
    String time = TIME.format(now);
    headers.put("x-amz-content-sha256", payload);
    headers.put("x-amz-date", time);
    if (credentials instanceof AwsSessionCredentialsIdentity session) {
      headers.put("x-amz-security-token", session.sessionToken());
    }
    String names = String.join(";", headers.keySet());
    StringBuilder canonical =
        new StringBuilder(line.method())
            .append('\n')
            .append(line.path())
            .append('\n')
            .append(line.query())
            .append('\n');
    for (Map.Entry<String, String> header : headers.entrySet()) {
      canonical.append(header.getKey()).append(':').append(header.getValue()).append('\n');
    }
    canonical.append('\n').append(names).append('\n').append(payload);
    String date = time.substring(0, DATE_LENGTH);
    String scope = date + "/" + region + "/s3/aws4_request";
    String toSign =
        "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + sha256(canonical.toString());
    String signature =
        HexFormat.of().formatHex(hmac(key(date, credentials.secretAccessKey()), toSign));
    headers.put(
        "authorization",
        "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(credentials.accessKeyId(), scope, names, signature));
  }

  private byte[] key(String date, String secret) {
    DayKey known = dayKey;
    if (known == null || !known.date().equals(date) || !known.secret().equals(secret)) {
      byte[] key = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), date);
      known = new DayKey(date, secret, hmac(hmac(hmac(key, region), "s3"), "aws4_request"));
      dayKey = known;
    }
    return known.key();
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }

  private static String sha256(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return sha256(bytes, bytes.length);
  }

  /** Hexadecimal, of the first bytes. */
  static String sha256(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
