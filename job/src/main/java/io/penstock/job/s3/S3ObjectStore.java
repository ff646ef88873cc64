package io.penstock.job.s3;

import io.penstock.spec.Encryption;
import io.penstock.spec.TaskFailure.FailureCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sts.model.StsException;

/** S3 over the SDK's blocking client, which costs the least CPU per byte of those it has. */
final class S3ObjectStore implements ObjectStore {
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final int RANGE_OUTSIDE = 416;

  private final S3Client client;
  private final SdkHttpClient http;
  private final DirectRequests direct;

  /** Closes client and HTTP client when it is closed. */
  S3ObjectStore(S3Client client, SdkHttpClient http, DirectRequests direct) {
    this.client = client;
    this.http = http;
    this.direct = direct;
  }

  @Override
  public ListPage list(String bucket, String prefix, Optional<String> startAfter)
      throws IOException {
    ListObjectsV2Response page =
        call(
            "list s3://" + bucket + "/" + prefix,
            () ->
                client.listObjectsV2(
                    r -> r.bucket(bucket).prefix(prefix).startAfter(startAfter.orElse(null))));
    return new ListPage(
        page.contents().stream().map(o -> new ObjectStat(o.key(), o.eTag(), o.size())).toList(),
        !Boolean.TRUE.equals(page.isTruncated()));
  }

  @Override
  public Optional<ObjectStat> stat(String bucket, String key) throws IOException {
    try {
      HeadObjectResponse head = client.headObject(r -> r.bucket(bucket).key(key));
      return Optional.of(new ObjectStat(key, head.eTag(), head.contentLength()));
    } catch (SdkException e) {
      return absentOrThrow("look at s3://" + bucket + "/" + key, e);
    }
  }

  @Override
  public Optional<byte[]> get(String bucket, String key) throws IOException {
    try {
      return Optional.of(
          client.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArrayUnsafe());
    } catch (SdkException e) {
      return absentOrThrow("read s3://" + bucket + "/" + key, e);
    }
  }

  @Override
  public void put(String bucket, String key, byte[] bytes, Map<String, String> metadata)
      throws IOException {
    call(
        "write s3://" + bucket + "/" + key,
        () ->
            client.putObject(
                r -> r.bucket(bucket).key(key).metadata(metadata), RequestBody.fromBytes(bytes)));
  }

  @Override
  public InputStream read(String bucket, String key, String etag, long offset, long length)
      throws IOException {
    return new PinnedObjectStream(
        "s3://" + bucket + "/" + key,
        etag,
        offset,
        length,
        (from, to) -> open(bucket, key, etag, from, to));
  }

  private PinnedObjectStream.Opened open(String bucket, String key, String etag, long from, long to)
      throws IOException {
    Optional<PinnedObjectStream.Opened> opened = direct.open(bucket, key, etag, from, to);
    return opened.isPresent() ? opened.get() : openBySdk(bucket, key, etag, from, to);
  }

  private PinnedObjectStream.Opened openBySdk(
      String bucket, String key, String etag, long from, long to) throws IOException {
    var response =
        call(
            "read s3://" + bucket + "/" + key,
            () ->
                client.getObject(
                    r -> {
                      r.bucket(bucket).key(key).ifMatch(etag);
                      // An empty object has no range that S3 would take.
                      if (to > from) {
                        r.range("bytes=" + from + "-" + (to - 1));
                      }
                    }));
    GetObjectResponse head = response.response();
    return new PinnedObjectStream.Opened(
        response, head.eTag(), head.contentLength(), response::abort);
  }

  @Override
  public String beginUpload(String bucket, String key, Optional<Encryption> encryption)
      throws IOException {
    return call(
            "begin to write s3://" + bucket + "/" + key,
            () ->
                client.createMultipartUpload(
                    r -> {
                      r.bucket(bucket).key(key);
                      encryption.ifPresent(
                          e ->
                              r.serverSideEncryption(e.algorithm())
                                  .ssekmsKeyId(e.kmsKeyId().orElse(null)));
                    }))
        .uploadId();
  }

  @Override
  public UploadedPart uploadPart(
      String bucket, String key, String uploadId, int number, byte[] bytes, int length)
      throws IOException {
    Optional<String> etag = direct.uploadPart(bucket, key, uploadId, number, bytes, length);
    return new UploadedPart(
        number,
        etag.isPresent()
            ? etag.get()
            : uploadPartBySdk(bucket, key, uploadId, number, bytes, length));
  }

  private String uploadPartBySdk(
      String bucket, String key, String uploadId, int number, byte[] bytes, int length)
      throws IOException {
    return call(
            "write part %d of s3://%s/%s".formatted(number, bucket, key),
            () ->
                client.uploadPart(
                    r -> r.bucket(bucket).key(key).uploadId(uploadId).partNumber(number),
                    RequestBody.fromContentProvider(
                        ContentStreamProvider.fromInputStreamSupplier(
                            () -> new ByteArrayInputStream(bytes, 0, length)),
                        length,
                        "application/octet-stream")))
        .eTag();
  }

  @Override
  public CompleteOutcome completeUpload(
      String bucket, String key, String uploadId, List<UploadedPart> parts) throws IOException {
    List<CompletedPart> completed =
        parts.stream()
            .map(p -> CompletedPart.builder().partNumber(p.number()).eTag(p.etag()).build())
            .toList();
    try {
      client.completeMultipartUpload(
          r ->
              r.bucket(bucket)
                  .key(key)
                  .uploadId(uploadId)
                  .multipartUpload(m -> m.parts(completed)));
      return CompleteOutcome.COMPLETED;
    } catch (SdkException e) {
      // A service that died while it cleaned up behind a completed upload may miss its parts.
      if (e instanceof S3Exception s3
          && (s3.statusCode() == NOT_FOUND || errorCode(s3).equals("InvalidPart"))) {
        return CompleteOutcome.NO_SUCH_UPLOAD;
      }
      throw translated("finish writing s3://" + bucket + "/" + key, e);
    }
  }

  @Override
  public void abortUpload(String bucket, String key, String uploadId) throws IOException {
    try {
      client.abortMultipartUpload(r -> r.bucket(bucket).key(key).uploadId(uploadId));
    } catch (SdkException e) {
      absentOrThrow("give up writing s3://" + bucket + "/" + key, e);
    }
  }

  @Override
  public void close() {
    client.close();
    http.close();
  }

  /** A request of the client. */
  @FunctionalInterface
  private interface Request<T> {
    T send();
  }

  private static <T> T call(String what, Request<T> request) throws IOException {
    try {
      return request.send();
    } catch (SdkException e) {
      throw translated(what, e);
    }
  }

  /** A missing bucket is 404 too, and never merely an absent object. */
  private static <T> Optional<T> absentOrThrow(String what, SdkException e) throws IOException {
    if (e instanceof S3Exception s3
        && s3.statusCode() == NOT_FOUND
        && !"NoSuchBucket".equals(errorCode(s3))) {
      return Optional.empty();
    }
    throw translated(what, e);
  }

  private static ObjectStoreException translated(String what, SdkException e) {
    if (e instanceof StsException sts && sts.statusCode() == FORBIDDEN) {
      return new ObjectStoreException(
          FailureCode.ACCESS_DENIED,
          true,
          "cannot " + what + ": the role cannot be assumed: " + sts.getMessage(),
          e,
          new ObjectStoreException.Answer(sts.statusCode(), errorCode(sts)));
    }
    if (!(e instanceof S3Exception s3)) {
      return new ObjectStoreException(
          FailureCode.OTHER, false, "cannot " + what + ": " + e.getMessage(), e);
    }
    String said = errorCode(s3);
    FailureCode code =
        switch (s3.statusCode()) {
          case NOT_FOUND -> FailureCode.NOT_FOUND;
          case 401, FORBIDDEN -> FailureCode.ACCESS_DENIED;
          case PRECONDITION_FAILED, RANGE_OUTSIDE -> FailureCode.OBJECT_CHANGED;
          default -> FailureCode.OTHER;
        };
    String reason =
        switch (code) {
          case NOT_FOUND ->
              "NoSuchBucket".equals(said) ? "the bucket does not exist" : "it does not exist";
          case ACCESS_DENIED -> "access denied (" + said + ")";
          case OBJECT_CHANGED -> "the object is not the version that was listed";
          default -> "S3 answers " + s3.statusCode() + " " + said;
        };
    return new ObjectStoreException(
        code,
        code != FailureCode.OTHER,
        "cannot " + what + ": " + reason,
        e,
        new ObjectStoreException.Answer(s3.statusCode(), said));
  }

  private static String errorCode(AwsServiceException e) {
    return e.awsErrorDetails() == null ? "" : String.valueOf(e.awsErrorDetails().errorCode());
  }
}
