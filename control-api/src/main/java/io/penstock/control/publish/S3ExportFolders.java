package io.penstock.control.publish;

import io.penstock.control.export.ExportFolders;
import io.penstock.spec.SpecJson;
import io.penstock.spec.export.BegunUpload;
import io.penstock.spec.export.ExportFailure;
import io.penstock.spec.export.ExportFolder;
import io.penstock.spec.export.ExportPlan;
import io.penstock.spec.export.ExportResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Job folders on S3, as exports use them. Thread-safe. */
public final class S3ExportFolders implements ExportFolders, AutoCloseable {
  private final StorageAccess access;
  private final S3Client client;

  public S3ExportFolders(StorageAccess access) {
    this.access = access;
    this.client = S3Clients.of(access);
  }

  @Override
  public ExportPlan writePlan(ExportFolder folder, ExportPlan plan) throws IOException {
    Optional<ExportPlan> before = read(folder.plan(), ExportPlan.class);
    if (before.isPresent()) {
      return before.get();
    }
    try {
      client.putObject(
          r -> r.bucket(access.bucket()).key(folder.plan()),
          RequestBody.fromBytes(SpecJson.write(plan)));
      return plan;
    } catch (SdkException e) {
      throw translated("write", folder.plan(), e);
    }
  }

  @Override
  public Optional<ExportResult> result(ExportFolder folder) throws IOException {
    return read(folder.result(), ExportResult.class);
  }

  @Override
  public Optional<ExportFailure> failure(ExportFolder folder) throws IOException {
    return read(folder.failure(), ExportFailure.class);
  }

  @Override
  public List<BegunUpload> uploads(ExportFolder folder) throws IOException {
    List<BegunUpload> uploads = new ArrayList<>();
    for (String key : list(folder.uploads())) {
      // An S3 server may list its own temporary files.
      if (key.endsWith(".json")) {
        read(key, BegunUpload.class).ifPresent(uploads::add);
      }
    }
    return uploads;
  }

  private List<String> list(String prefix) throws IOException {
    try {
      return client
          .listObjectsV2Paginator(r -> r.bucket(access.bucket()).prefix(prefix))
          .contents()
          .stream()
          .map(S3Object::key)
          .toList();
    } catch (SdkException e) {
      throw translated("list", prefix, e);
    }
  }

  private <T> Optional<T> read(String key, Class<T> type) throws IOException {
    try {
      byte[] json =
          client.getObjectAsBytes(r -> r.bucket(access.bucket()).key(key)).asByteArrayUnsafe();
      return Optional.of(SpecJson.read(json, type));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw translated("read", key, e);
    }
  }

  private IOException translated(String what, String key, SdkException e) {
    return new IOException(
        "cannot %s s3://%s/%s: %s".formatted(what, access.bucket(), key, e.getMessage()), e);
  }

  @Override
  public void close() {
    client.close();
  }
}
