package io.penstock.control.publish;

import io.penstock.spec.S3Access;
import io.penstock.spec.S3Credentials;
import io.penstock.spec.SecretBox;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The keys that a source is reached with: its own, or those of the storage. */
final class SourceKeys {
  private final StorageAccess storage;
  private final SecretBox secrets;

  SourceKeys(StorageAccess storage, SecretBox secrets) {
    this.storage = storage;
    this.secrets = secrets;
  }

  AwsCredentialsProvider of(S3Access access) {
    return StaticCredentialsProvider.create(credentials(access));
  }

  private AwsCredentials credentials(S3Access access) {
    if (access.credentials().isEmpty()) {
      return AwsBasicCredentials.create(storage.accessKeyId(), storage.secretAccessKey());
    }
    S3Credentials keys = secrets.open(access.credentials().get());
    if (keys.roleArn().isPresent()) {
      throw new IllegalArgumentException("Roles are assumed by jobs alone.");
    }
    return keys.sessionToken().isPresent()
        ? AwsSessionCredentials.create(
            keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken().get())
        : AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey());
  }
}
