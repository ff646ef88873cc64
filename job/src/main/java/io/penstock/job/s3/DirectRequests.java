package io.penstock.job.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
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
 * The requests that move data, past the SDK's pipeline, which costs several times what a small
 * object's transfer does. It knows success only: whatever else happens, the caller asks again
 * through the SDK, which knows what errors mean and when to try again. Thread-safe.
 */
final class DirectRequests {
  private static final Logger LOG = LoggerFactory.getLogger(DirectRequests.class);

  /** A service that wants something special is not asked twice for every object. */
  private static final int MAX_FAILURES_IN_A_ROW = 8;

  private static final String SOME_KEY = "k";
  private static final String UNRESERVED = "-._~";
  private static final String UNRESERVED_IN_PATHS = UNRESERVED + "/";
  private static final int OK = 200;
  private static final int PARTIAL = 206;

  private final SdkHttpClient http;
  private final IdentityProvider<? extends AwsCredentialsIdentity> credentials;
  private final S3Utilities urls;
  private final SignedHeaders signer;
  private final Clock clock;
  private final Map<String, URI> buckets = new ConcurrentHashMap<>();
  private final AtomicInteger failures = new AtomicInteger();

  DirectRequests(
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
    TreeMap<String, String> headers = new TreeMap<>();
    headers.put("if-match", etag);
    if (to > from) {
      headers.put("range", "bytes=" + from + "-" + (to - 1));
    }
    return success(
        bucket,
        key,
        () -> opened(http.prepareRequest(request("GET", bucket, key, Body.NONE, headers)).call()));
  }

  /**
   * Uploads a part.
   *
   * @return its ETag; empty if the answer is no success or does not come
   */
  Optional<String> uploadPart(
      String bucket, String key, String uploadId, int number, byte[] bytes, int length) {
    SortedMap<String, String> query =
        new TreeMap<>(Map.of("partNumber", Integer.toString(number), "uploadId", uploadId));
    Body body = new Body(query, bytes, length);
    TreeMap<String, String> headers = new TreeMap<>();
    headers.put("content-length", Integer.toString(length));
    headers.put("content-type", "application/octet-stream");
    return success(
        bucket,
        key,
        () -> etag(http.prepareRequest(request("PUT", bucket, key, body, headers)).call()));
  }

  /**
   * @param query in the order of the names
   */
  private record Body(SortedMap<String, String> query, byte[] bytes, int length) {
    static final Body NONE = new Body(new TreeMap<>(), new byte[0], 0);

    String encodedQuery() {
      return query.entrySet().stream()
          .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue(), UNRESERVED))
          .collect(Collectors.joining("&"));
    }
  }

  private interface Request<T> {
    Optional<T> send() throws IOException;
  }

  private <T> Optional<T> success(String bucket, String key, Request<T> request) {
    if (failures.get() >= MAX_FAILURES_IN_A_ROW || key.contains("//") || key.contains("./")) {
      return Optional.empty();
    }
    Optional<T> success = Optional.empty();
    try {
      success = request.send();
    } catch (IOException | SdkException e) {
      LOG.debug("cannot move {} directly", key, e);
    }
    if (success.isPresent()) {
      failures.set(0);
    } else if (failures.incrementAndGet() == MAX_FAILURES_IN_A_ROW) {
      LOG.info("objects of {} are moved through the SDK's pipeline from now on", bucket);
    }
    return success;
  }

  private HttpExecuteRequest request(
      String method, String bucket, String key, Body body, SortedMap<String, String> headers) {
    URI base = buckets.computeIfAbsent(bucket, this::base);
    String path = base.getRawPath() + encoded(key, UNRESERVED_IN_PATHS);
    headers.put("host", base.getRawAuthority());
    signer.sign(
        credentials.resolveIdentity().join(),
        clock.instant(),
        new SignedHeaders.Line(method, path, body.encodedQuery()),
        payloadHash(base, body),
        headers);
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(method))
            .protocol(base.getScheme())
            .host(base.getHost())
            .encodedPath(path);
    body.query().forEach(request::putRawQueryParameter);
    if (base.getPort() >= 0) {
      request.port(base.getPort());
    }
    headers.forEach(request::putHeader);
    HttpExecuteRequest.Builder whole = HttpExecuteRequest.builder().request(request.build());
    if (body.length() > 0) {
      whole.contentStreamProvider(
          ContentStreamProvider.fromInputStreamSupplier(
              () -> new ByteArrayInputStream(body.bytes(), 0, body.length())));
    }
    return whole.build();
  }

  /** As the SDK does: what TLS protects is not hashed for the signature. */
  private static String payloadHash(URI base, Body body) {
    if (body.length() == 0) {
      return SignedHeaders.NO_BODY;
    }
    return "https".equals(base.getScheme())
        ? SignedHeaders.UNSIGNED_BODY
        : SignedHeaders.sha256(body.bytes(), body.length());
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

  private static Optional<String> etag(HttpExecuteResponse response) throws IOException {
    try (InputStream body =
        response
            .responseBody()
            .map(InputStream.class::cast)
            .orElseGet(InputStream::nullInputStream)) {
      // A body that has been read to its end leaves the connection to the next request.
      body.transferTo(OutputStream.nullOutputStream());
    }
    SdkHttpResponse head = response.httpResponse();
    return head.statusCode() == OK ? head.firstMatchingHeader("ETag") : Optional.empty();
  }

  private static Optional<PinnedObjectStream.Opened> opened(HttpExecuteResponse response)
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

  /** As a path or a query is sent and signed: all but unreserved bytes by their numbers. */
  static String encoded(String text, String unreserved) {
    StringBuilder path = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || unreserved.indexOf(c) >= 0;
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
