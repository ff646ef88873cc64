package io.penstock.control.publish;

import io.penstock.spec.S3Access;
import io.penstock.spec.S3Credentials;
import io.penstock.spec.SecretBox;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** The keys that a source is reached with: its own, its role's, or those of the storage. */
final class SourceKeys {
  private static final String SESSION_NAME = "penstock";

  private final StorageAccess storage;
  private final SecretBox secrets;

  /** For roles; it keeps no connection, so nothing needs to be closed. */
  private final SdkHttpClient http = UrlConnectionHttpClient.create();

  SourceKeys(StorageAccess storage, SecretBox secrets) {
    this.storage = storage;
    this.secrets = secrets;
  }

  AwsCredentialsProvider of(S3Access access) {
    if (access.credentials().isEmpty()) {
      return StaticCredentialsProvider.create(
          AwsBasicCredentials.create(storage.accessKeyId(), storage.secretAccessKey()));
    }
    S3Credentials opened = secrets.open(access.credentials().get());
    AwsCredentialsProvider keys =
        opened.ofProcess()
            ? DefaultCredentialsProvider.builder().build()
            : StaticCredentialsProvider.create(keys(opened));
    return opened.roleArn().map(role -> assumed(role, keys, access.region())).orElse(keys);
  }

  private static AwsCredentials keys(S3Credentials opened) {
    return opened.sessionToken().isPresent()
        ? AwsSessionCredentials.create(
            opened.accessKeyId(), opened.secretAccessKey(), opened.sessionToken().get())
        : AwsBasicCredentials.create(opened.accessKeyId(), opened.secretAccessKey());
  }

  /** Keys of the role, which are asked for anew before they expire. */
  private AwsCredentialsProvider assumed(String role, AwsCredentialsProvider keys, String region) {
    StsClient sts =
        StsClient.builder()
            .region(Region.of(region))
            .credentialsProvider(keys)
            .httpClient(http)
            .build();
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts)
        .refreshRequest(r -> r.roleArn(role).roleSessionName(SESSION_NAME))
        .build();
  }
}
