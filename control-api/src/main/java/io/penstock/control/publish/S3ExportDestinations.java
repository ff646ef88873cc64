package io.penstock.control.publish;

import io.penstock.control.export.ExportDestination;
import io.penstock.control.export.ExportDestinations;
import io.penstock.spec.S3Access;
import io.penstock.spec.S3Credentials;
import io.penstock.spec.SecretBox;
import io.penstock.spec.export.Destination;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Opens destinations with their own endpoints and credentials, never with the storage's. */
public final class S3ExportDestinations implements ExportDestinations {
  private final SecretBox secrets;

  public S3ExportDestinations(SecretBox secrets) {
    this.secrets = secrets;
  }

  @Override
  public ExportDestination open(Destination destination) {
    S3Access access = destination.access();
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(access.region()))
            .forcePathStyle(access.pathStyle())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    credentials(secrets.open(access.credentials().orElseThrow()))));
    access.endpoint().map(URI::create).ifPresent(builder::endpointOverride);
    return new S3ExportDestination(destination, builder.build());
  }

  private static AwsCredentials credentials(S3Credentials keys) {
    return keys.sessionToken().isPresent()
        ? AwsSessionCredentials.create(
            keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken().get())
        : AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey());
  }
}
