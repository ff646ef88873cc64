package io.penstock.control.publish;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes clients of the storage. */
final class S3Clients {
  private S3Clients() {}

  static S3Client of(StorageAccess access) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(access.region()))
            .forcePathStyle(access.pathStyle())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(access.accessKeyId(), access.secretAccessKey())));
    access.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }
}
