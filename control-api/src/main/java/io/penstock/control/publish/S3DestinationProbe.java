package io.penstock.control.publish;

import io.penstock.control.export.DestinationProbe;
import io.penstock.spec.S3Access;
import io.penstock.spec.S3Credentials;
import io.penstock.spec.SecretBox;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Tries with a client made for the occasion, once. */
public final class S3DestinationProbe implements DestinationProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SecretBox secrets;

  public S3DestinationProbe(SecretBox secrets) {
    this.secrets = secrets;
  }

  @Override
  public Optional<Trouble> bucket(S3Access access, String bucket) {
    return trouble(access, client -> client.headBucket(r -> r.bucket(bucket)));
  }

  @Override
  public Optional<Trouble> put(S3Access access, String bucket, String key) {
    return trouble(
        access,
        client ->
            client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("probe")));
  }

  @Override
  public Optional<Trouble> delete(S3Access access, String bucket, String key) {
    return trouble(access, client -> client.deleteObject(r -> r.bucket(bucket).key(key)));
  }

  private Optional<Trouble> trouble(S3Access access, Consumer<S3Client> tried) {
    try (S3Client client = client(access)) {
      tried.accept(client);
      return Optional.empty();
    } catch (S3Exception e) {
      String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
      String reason =
          "S3 answers " + e.statusCode() + (code == null || code.isEmpty() ? "" : " " + code);
      return Optional.of(new Trouble(OptionalInt.of(e.statusCode()), reason));
    } catch (SdkException | IllegalArgumentException e) {
      return Optional.of(new Trouble(OptionalInt.empty(), "the endpoint gives no answer"));
    }
  }

  private S3Client client(S3Access access) {
    S3Credentials keys = secrets.open(access.credentials().orElseThrow());
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(access.region()))
            .forcePathStyle(access.pathStyle())
            .overrideConfiguration(
                c -> {
                  c.apiCallTimeout(PATIENCE).retryStrategy(r -> r.maxAttempts(1));
                  if (access.publicOnly()) {
                    c.addExecutionInterceptor(new PublicHosts());
                  }
                })
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey())));
    access.endpoint().map(URI::create).ifPresent(builder::endpointOverride);
    return builder.build();
  }
}
