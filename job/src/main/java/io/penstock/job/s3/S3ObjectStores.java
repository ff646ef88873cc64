package io.penstock.job.s3;

import io.penstock.spec.S3Access;
import io.penstock.spec.S3Credentials;
import io.penstock.spec.SecretBox;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * Opens stores over AWS SDK v2. Sealed credentials are opened with the process's key: the system
 * property {@value #KEY_PROPERTY}, else the environment's {@value SecretBox#KEY_VARIABLE}. Roles
 * are assumed where the SDK's settings say: AWS itself, unless {@code AWS_ENDPOINT_URL_STS} is set.
 */
public final class S3ObjectStores implements ObjectStores {
  /** Where a process that runs everything in one JVM puts the key. */
  public static final String KEY_PROPERTY = "penstock.secret-key";

  private static final String SESSION_NAME = "penstock";
  private static final int MAX_ATTEMPTS = 6;
  private static final int MAX_CONNECTIONS = 64;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);

  @Override
  public ObjectStore open(S3Access access) {
    return openWithSdk(access, MAX_ATTEMPTS);
  }

  /** Parts, which are tried past the SDK before, are tried no more often than that. */
  @Override
  public ObjectStore open(S3Access access, int tries) {
    return openWithSdk(access, Math.max(1, tries - 1));
  }

  private static ObjectStore openWithSdk(S3Access access, int attempts) {
    Apache5HttpClient.Builder connections =
        Apache5HttpClient.builder()
            .maxConnections(MAX_CONNECTIONS)
            .connectionTimeout(CONNECT_TIMEOUT)
            .socketTimeout(SOCKET_TIMEOUT);
    if (access.publicOnly()) {
      connections.dnsResolver(PublicHosts.INSTANCE);
    }
    SdkHttpClient http = connections.build();
    AwsCredentialsProvider credentials = credentials(access, http);
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(access.region()))
            .forcePathStyle(access.pathStyle())
            // What is sent is in memory: signed whole, it need not be copied piece by piece.
            .serviceConfiguration(c -> c.chunkedEncodingEnabled(false))
            .credentialsProvider(credentials)
            // Other S3 services refuse the checksums that newer SDKs send unasked.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClient(http)
            .overrideConfiguration(
                c ->
                    c.retryStrategy(StandardRetryStrategy.builder().maxAttempts(attempts).build()));
    access.endpoint().ifPresent(endpoint -> builder.endpointOverride(URI.create(endpoint)));
    S3Client client = builder.build();
    DirectRequests direct =
        new DirectRequests(
            http, credentials, client.utilities(), access.region(), Clock.systemUTC());
    return new S3ObjectStore(client, http, direct);
  }

  private static AwsCredentialsProvider credentials(S3Access access, SdkHttpClient http) {
    if (access.credentials().isEmpty()) {
      return DefaultCredentialsProvider.builder().build();
    }
    String key =
        Optional.ofNullable(System.getProperty(KEY_PROPERTY))
            .or(() -> Optional.ofNullable(System.getenv(SecretBox.KEY_VARIABLE)))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        SecretBox.KEY_VARIABLE + " is not set in this process's environment"));
    S3Credentials opened = SecretBox.of(key).open(access.credentials().get());
    AwsCredentialsProvider keys =
        opened.ofProcess()
            ? DefaultCredentialsProvider.builder().build()
            : StaticCredentialsProvider.create(keys(opened));
    return opened.roleArn().map(role -> assumed(role, keys, access.region(), http)).orElse(keys);
  }

  private static AwsCredentials keys(S3Credentials opened) {
    return opened
        .sessionToken()
        .<AwsCredentials>map(
            token ->
                AwsSessionCredentials.create(opened.accessKeyId(), opened.secretAccessKey(), token))
        .orElseGet(
            () -> AwsBasicCredentials.create(opened.accessKeyId(), opened.secretAccessKey()));
  }

  /**
   * Keys of the role, which are asked for anew before they expire. Neither it nor its client holds
   * more than the HTTP client, which the store closes.
   */
  private static AwsCredentialsProvider assumed(
      String role, AwsCredentialsProvider keys, String region, SdkHttpClient http) {
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
