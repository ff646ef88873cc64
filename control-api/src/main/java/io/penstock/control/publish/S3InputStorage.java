package io.penstock.control.publish;

import io.penstock.control.catalog.InputStorage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Callers' input in the storage's bucket, beside the jobs' folders. */
public final class S3InputStorage implements InputStorage, AutoCloseable {
  /** With the most parts that an upload may have, it allows for 160 GB. */
  private static final int PART_BYTES = 16 * 1024 * 1024;

  private final StorageAccess access;
  private final S3Client client;

  public S3InputStorage(StorageAccess access) {
    this.access = access;
    this.client = S3Clients.of(access);
  }

  @Override
  public String bucket() {
    return access.bucket();
  }

  @Override
  public String key(UUID project, UUID id, String name) {
    return access.prefix()
        + "system/files/"
        + project
        + "/"
        + id
        + "/"
        + name.substring(name.lastIndexOf('/') + 1);
  }

  @Override
  public Stored put(String key, InputStream content) throws IOException {
    MessageDigest md5 = md5();
    try {
      byte[] part = content.readNBytes(PART_BYTES);
      md5.update(part);
      if (part.length < PART_BYTES) {
        client.putObject(r -> r.bucket(access.bucket()).key(key), RequestBody.fromBytes(part));
        return new Stored(part.length, HexFormat.of().formatHex(md5.digest()));
      }
      long bytes = parts(key, part, content, md5);
      return new Stored(bytes, HexFormat.of().formatHex(md5.digest()));
    } catch (SdkException e) {
      throw new IOException("cannot write s3://" + access.bucket() + "/" + key, e);
    }
  }

  /** Returns how many bytes there were. */
  private long parts(String key, byte[] first, InputStream content, MessageDigest md5)
      throws IOException {
    String upload =
        client.createMultipartUpload(r -> r.bucket(access.bucket()).key(key)).uploadId();
    boolean complete = false;
    try {
      List<CompletedPart> parts = new ArrayList<>();
      long bytes = 0;
      for (byte[] part = first; part.length > 0; part = content.readNBytes(PART_BYTES)) {
        if (bytes > 0) {
          md5.update(part);
        }
        bytes += part.length;
        parts.add(part(key, upload, parts.size() + 1, part));
      }
      client.completeMultipartUpload(
          r ->
              r.bucket(access.bucket())
                  .key(key)
                  .uploadId(upload)
                  .multipartUpload(m -> m.parts(parts)));
      complete = true;
      return bytes;
    } finally {
      if (!complete) {
        client.abortMultipartUpload(r -> r.bucket(access.bucket()).key(key).uploadId(upload));
      }
    }
  }

  private CompletedPart part(String key, String upload, int number, byte[] part) {
    String tag =
        client
            .uploadPart(
                r -> r.bucket(access.bucket()).key(key).uploadId(upload).partNumber(number),
                RequestBody.fromRemainingByteBuffer(ByteBuffer.wrap(part)))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  @Override
  public void delete(String key) throws IOException {
    try {
      client.deleteObject(r -> r.bucket(access.bucket()).key(key));
    } catch (SdkException e) {
      throw new IOException("cannot delete s3://" + access.bucket() + "/" + key, e);
    }
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
