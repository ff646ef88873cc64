package io.penstock.control.publish;

import io.penstock.control.arrivals.Found;
import io.penstock.control.arrivals.Listing;
import io.penstock.spec.S3Access;
import io.penstock.spec.SecretBox;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Lists buckets of sources, with a client for each way to reach one. */
public final class S3Listing implements Listing, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final SourceKeys keys;
  private final Map<S3Access, S3Client> clients = new ConcurrentHashMap<>();

  public S3Listing(StorageAccess storage, SecretBox secrets) {
    this.keys = new SourceKeys(storage, secrets);
  }

  @Override
  public Page page(S3Access access, String bucket, String prefix, String after) throws IOException {
    try {
      ListObjectsV2Response page =
          clients
              .computeIfAbsent(access, this::client)
              .listObjectsV2(
                  r -> r.bucket(bucket).prefix(prefix).startAfter(after.isEmpty() ? null : after));
      return new Page(
          page.contents().stream()
              .map(o -> new Found(bucket, o.key(), o.eTag(), o.size(), o.lastModified()))
              .toList(),
          !Boolean.TRUE.equals(page.isTruncated()));
    } catch (SdkException e) {
      throw new IOException(
          "cannot list s3://%s/%s: %s".formatted(bucket, prefix, e.getMessage()), e);
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

  @Override
  public void close() {
    clients.values().forEach(S3Client::close);
  }
}
