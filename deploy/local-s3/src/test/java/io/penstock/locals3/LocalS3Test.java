package io.penstock.locals3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

final class LocalS3Test {
  @TempDir Path folder;

  @Test
  void anUploadedObjectOutlivesTheServer() {
    String uploadId;
    try (LocalS3 s3 = LocalS3.start(folder, 0, "key", "secret");
        S3Client client = client(s3, "secret")) {
      client.createBucket(b -> b.bucket("landing"));
      client.putObject(b -> b.bucket("landing").key("a/b.json"), RequestBody.fromString("{}"));
      uploadId = client.createMultipartUpload(b -> b.bucket("landing").key("c.json")).uploadId();
    }
    try (LocalS3 s3 = LocalS3.start(folder, 0, "key", "secret");
        S3Client client = client(s3, "secret")) {
      assertThat(client.getObjectAsBytes(b -> b.bucket("landing").key("a/b.json")).asUtf8String())
          .isEqualTo("{}");
      assertThat(client.listMultipartUploads(b -> b.bucket("landing")).uploads())
          .extracting(upload -> upload.uploadId())
          .containsExactly(uploadId);
    }
  }

  @Test
  void aWrongSecretIsRefused() {
    try (LocalS3 s3 = LocalS3.start(folder, 0, "key", "secret");
        S3Client client = client(s3, "wrong")) {
      assertThatThrownBy(() -> client.createBucket(b -> b.bucket("landing")))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  private static S3Client client(LocalS3 s3, String secret) {
    return S3Client.builder()
        .endpointOverride(s3.endpoint())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", secret)))
        .build();
  }
}
