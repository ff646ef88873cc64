package io.penstock.job.s3;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.services.s3.S3Utilities;

/**
 * GET requests past the SDK's pipeline, which costs several times what a small object's transfer
 * does. It knows success only: whatever else happens, the caller asks again through the SDK, which
 * knows what errors mean and when to try again. Thread-safe.
 */
final class DirectGet {
  private static final Logger LOG = LoggerFactory.getLogger(DirectGet.class);

  /** A service that wants something special is not asked twice for every object. */
  private static final int MAX_FAILURES_IN_A_ROW = 8;

  private static final String SOME_KEY = "k";
  private static final String UNRESERVED = "-._~/";
  private static final int OK = 200;
  private static final int PARTIAL = 206;

  private final SdkHttpClient http;
  private final IdentityProvider<? extends AwsCredentialsIdentity> credentials;
  private final S3Utilities urls;
  private final SignedHeaders signer;
  private final Clock clock;
  private final Map<String, URI> buckets = new ConcurrentHashMap<>();
  private final AtomicInteger failures = new AtomicInteger();

  DirectGet(
      SdkHttpClient http,
      IdentityProvider<? extends AwsCredentialsIdentity> credentials,
      S3Utilities urls,
      String region,
      Clock clock) {
    this.http = http;
    this.credentials = credentials;
    this.urls = urls;
    this.signer = new SignedHeaders(region);
    this.clock = clock;
  }

  /** Empty if the answer is no success or does not come. */
  Optional<PinnedObjectStream.Opened> open(
      String bucket, String key, String etag, long from, long to) {
    if (failures.get() >= MAX_FAILURES_IN_A_ROW || key.contains("//") || key.contains("./")) {
      return Optional.empty();
    }
    Optional<PinnedObjectStream.Opened> opened = Optional.empty();
    try {
      opened = success(http.prepareRequest(request(bucket, key, etag, from, to)).call());
    } catch (IOException | SdkException e) {
      LOG.debug("cannot read {} directly", key, e);
    }
    if (opened.isPresent()) {
      failures.set(0);
    } else if (failures.incrementAndGet() == MAX_FAILURES_IN_A_ROW) {
      LOG.info("objects of {} are read through the SDK's pipeline from now on", bucket);
    }
    return opened;
  }

  private HttpExecuteRequest request(String bucket, String key, String etag, long from, long to) {
    URI base = buckets.computeIfAbsent(bucket, this::base);
    String path = base.getRawPath() + encoded(key);
    TreeMap<String, String> headers = new TreeMap<>();
    headers.put("host", base.getRawAuthority());
    headers.put("if-match", etag);
    if (to > from) {
      headers.put("range", "bytes=" + from + "-" + (to - 1));
    }
    signer.sign(credentials.resolveIdentity().join(), clock.instant(), path, headers);
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .protocol(base.getScheme())
            .host(base.getHost())
            .encodedPath(path);
    if (base.getPort() >= 0) {
      request.port(base.getPort());
    }
    headers.forEach(request::putHeader);
    return HttpExecuteRequest.builder().request(request.build()).build();
  }

  /** Where the bucket's keys begin, as the SDK's rules have it. */
  private URI base(String bucket) {
    try {
      String url = urls.getUrl(r -> r.bucket(bucket).key(SOME_KEY)).toURI().toString();
      return new URI(url.substring(0, url.length() - SOME_KEY.length()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the SDK's URL of bucket " + bucket + " is none", e);
    }
  }

  private static Optional<PinnedObjectStream.Opened> success(HttpExecuteResponse response)
      throws IOException {
    SdkHttpResponse head = response.httpResponse();
    Optional<AbortableInputStream> body = response.responseBody();
    Optional<String> etag = head.firstMatchingHeader("ETag");
    Optional<String> length = head.firstMatchingHeader("Content-Length");
    boolean success = head.statusCode() == OK || head.statusCode() == PARTIAL;
    if (success && etag.isPresent() && length.isPresent() && body.isPresent()) {
      AbortableInputStream stream = body.get();
      return Optional.of(
          new PinnedObjectStream.Opened(
              stream, etag.get(), Long.parseLong(length.get()), stream::abort));
    }
    if (body.isPresent()) {
      body.get().abort();
    }
    return Optional.empty();
  }

  /** As a path is sent and signed: all but unreserved bytes by their numbers. */
  static String encoded(String key) {
    StringBuilder path = new StringBuilder(key.length() + 16);
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || UNRESERVED.indexOf(c) >= 0;
      if (plain) {
        path.append(c);
      } else {
        path.append('%')
            .append(Character.toUpperCase(Character.forDigit(c >>> 4, 16)))
            .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return path.toString();
  }
}
