package io.penstock.control.publish;

import io.penstock.control.export.DestinationException;
import io.penstock.control.export.ExportDestination;
import io.penstock.spec.export.Destination;
import io.penstock.spec.export.ExportedFile;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** One destination, over a client of its own. Thread-safe. */
final class S3ExportDestination implements ExportDestination {
  private static final int NOT_FOUND = 404;

  private final Destination destination;
  private final String bucket;
  private final S3Client client;
  private final List<SdkAutoCloseable> others;

  /**
   * Closes the client when it is closed.
   *
   * @param others closed then too
   */
  S3ExportDestination(Destination destination, S3Client client, List<SdkAutoCloseable> others) {
    this.destination = destination;
    this.bucket = destination.bucket();
    this.client = client;
    this.others = List.copyOf(others);
  }

  @Override
  public Completion complete(ExportedFile file) throws IOException {
    List<CompletedPart> parts =
        file.parts().stream()
            .map(p -> CompletedPart.builder().partNumber(p.number()).eTag(p.etag()).build())
            .toList();
    try {
      String etag =
          client
              .completeMultipartUpload(
                  r ->
                      r.bucket(bucket)
                          .key(file.key())
                          .uploadId(file.uploadId())
                          .multipartUpload(m -> m.parts(parts)))
              .eTag();
      return new Completion.Completed(etag);
    } catch (SdkException e) {
      // A service that died while it cleaned up behind a completed upload may miss its parts.
      if (isCode(e, "NoSuchUpload") || isCode(e, "InvalidPart")) {
        return new Completion.NoSuchUpload();
      }
      throw translated("finish writing", file.key(), e);
    }
  }

  @Override
  public Optional<String> find(ExportedFile file) throws IOException {
    try (ResponseInputStream<GetObjectResponse> in =
            client.getObject(r -> r.bucket(bucket).key(file.key()));
        DigestInputStream digested =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      long length = digested.transferTo(OutputStream.nullOutputStream());
      String sha256 = HexFormat.of().formatHex(digested.getMessageDigest().digest());
      return length == file.bytes() && sha256.equals(file.sha256())
          ? Optional.of(in.response().eTag())
          : Optional.empty();
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw translated("look at", file.key(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void put(String key, byte[] bytes) throws IOException {
    PutObjectRequest.Builder request = PutObjectRequest.builder().bucket(bucket).key(key);
    destination
        .encryption()
        .ifPresent(
            e ->
                request.serverSideEncryption(e.algorithm()).ssekmsKeyId(e.kmsKeyId().orElse(null)));
    try {
      client.putObject(request.build(), RequestBody.fromBytes(bytes));
    } catch (SdkException e) {
      throw translated("write", key, e);
    }
  }

  @Override
  public void delete(String key) throws IOException {
    try {
      client.deleteObject(r -> r.bucket(bucket).key(key));
    } catch (SdkException e) {
      throw translated("delete", key, e);
    }
  }

  @Override
  public void abort(String key, String uploadId) throws IOException {
    try {
      client.abortMultipartUpload(r -> r.bucket(bucket).key(key).uploadId(uploadId));
    } catch (SdkException e) {
      if (!(e instanceof S3Exception s3 && s3.statusCode() == NOT_FOUND)) {
        throw translated("give up writing", key, e);
      }
    }
  }

  private static boolean isCode(SdkException e, String code) {
    return e instanceof S3Exception s3 && code(s3).equals(code);
  }

  private static String code(AwsServiceException e) {
    return e.awsErrorDetails() == null ? "" : String.valueOf(e.awsErrorDetails().errorCode());
  }

  private DestinationException translated(String what, String key, SdkException e) {
    String where = "cannot %s s3://%s/%s: ".formatted(what, bucket, key);
    if (e instanceof AwsServiceException answer) {
      return new DestinationException(
          OptionalInt.of(answer.statusCode()),
          code(answer),
          where + "S3 answers " + answer.statusCode() + " " + code(answer),
          e);
    }
    return new DestinationException(OptionalInt.empty(), "", where + e.getMessage(), e);
  }

  @Override
  public void close() {
    client.close();
    others.forEach(SdkAutoCloseable::close);
  }
}
