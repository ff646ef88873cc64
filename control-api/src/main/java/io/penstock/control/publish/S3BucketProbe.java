package io.penstock.control.publish;

import io.penstock.control.catalog.BucketProbe;
import io.penstock.spec.S3Access;
import io.penstock.spec.SecretBox;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Tries it with a client made for the occasion. */
public final class S3BucketProbe implements BucketProbe {
  /** There are two calls. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final SourceKeys keys;

  public S3BucketProbe(StorageAccess storage, SecretBox secrets) {
    this.keys = new SourceKeys(storage, secrets);
  }

  @Override
  public Optional<String> trouble(S3Access access, String bucket, String prefix) {
    try (S3Client client = client(access)) {
      List<S3Object> found =
          client.listObjectsV2(r -> r.bucket(bucket).prefix(prefix).maxKeys(1)).contents();
      if (!found.isEmpty() && found.get(0).size() > 0) {
        client.getObject(
            r -> r.bucket(bucket).key(found.get(0).key()).range("bytes=0-0"),
            ResponseTransformer.toBytes());
      }
      return Optional.empty();
    } catch (S3Exception e) {
      String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
      String why = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorMessage();
      return Optional.of(
          "s3://%s/%s: S3 answers %d %s. %s".formatted(bucket, prefix, e.statusCode(), code, why));
    } catch (SdkException | IllegalArgumentException e) {
      return Optional.of("s3://" + bucket + "/" + prefix + ": " + e.getMessage());
    }
  }

  private S3Client client(S3Access access) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(access.region()))
            .forcePathStyle(access.pathStyle())
            .overrideConfiguration(c -> c.apiCallTimeout(PATIENCE))
            .credentialsProvider(keys.of(access));
    access.endpoint().map(URI::create).ifPresent(builder::endpointOverride);
    return builder.build();
  }
}
