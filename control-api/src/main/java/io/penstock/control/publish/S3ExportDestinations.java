package io.penstock.control.publish;

import io.penstock.control.export.ExportDestination;
import io.penstock.control.export.ExportDestinations;
import io.penstock.spec.S3Access;
import io.penstock.spec.S3Credentials;
import io.penstock.spec.SecretBox;
import io.penstock.spec.export.Destination;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Opens destinations with their own endpoints, credentials and roles, never with the storage's. */
public final class S3ExportDestinations implements ExportDestinations {
  private static final String SESSION_NAME = "penstock";

  private final SecretBox secrets;

  public S3ExportDestinations(SecretBox secrets) {
    this.secrets = secrets;
  }

  @Override
  public ExportDestination open(Destination destination) {
    S3Access access = destination.access();
    S3Credentials keys = secrets.open(access.credentials().orElseThrow());
    List<SdkAutoCloseable> opened = new ArrayList<>();
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(access.region()))
            .forcePathStyle(access.pathStyle())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .credentialsProvider(
                keys.roleArn()
                    .map(role -> assumed(role, provider(keys), access.region(), opened))
                    .orElseGet(() -> provider(keys)));
    access.endpoint().map(URI::create).ifPresent(builder::endpointOverride);
    if (access.publicOnly()) {
      builder.overrideConfiguration(c -> c.addExecutionInterceptor(new PublicHosts()));
    }
    return new S3ExportDestination(destination, builder.build(), opened);
  }

  /** Asked for when they are first needed. */
  private static AwsCredentialsProvider assumed(
      String role, AwsCredentialsProvider keys, String region, List<SdkAutoCloseable> opened) {
    StsClient sts = StsClient.builder().region(Region.of(region)).credentialsProvider(keys).build();
    StsAssumeRoleCredentialsProvider provider =
        StsAssumeRoleCredentialsProvider.builder()
            .stsClient(sts)
            .refreshRequest(r -> r.roleArn(role).roleSessionName(SESSION_NAME))
            .build();
    opened.add(provider);
    opened.add(sts);
    return provider;
  }

  private static AwsCredentialsProvider provider(S3Credentials keys) {
    if (keys.ofProcess()) {
      return DefaultCredentialsProvider.builder().build();
    }
    AwsCredentials credentials =
        keys.sessionToken().isPresent()
            ? AwsSessionCredentials.create(
                keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken().get())
            : AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey());
    return StaticCredentialsProvider.create(credentials);
  }
}
