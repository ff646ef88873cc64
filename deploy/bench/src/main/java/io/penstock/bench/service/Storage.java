package io.penstock.bench.service;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The S3 server of a cluster. */
final class Storage implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int DELETED_AT_ONCE = 1_000;

  private final S3Client s3;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  Storage(Properties settings) {
    s3 =
        S3Client.builder()
            .endpointOverride(URI.create(settings.getProperty("penstock.storage.endpoint")))
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        settings.getProperty("penstock.storage.access-key-id"),
                        settings.getProperty("penstock.storage.secret-access-key"))))
            .build();
  }

  /** Uploads the visible files of a folder. */
  void upload(Path folder, String bucket, String prefix) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
    }
    forEach(
        files,
        file ->
            s3.putObject(
                r -> r.bucket(bucket).key(prefix + file.getFileName()),
                RequestBody.fromFile(file)));
  }

  /** Downloads Parquet files, numbered. */
  void download(List<URI> urls, Path folder) throws Exception {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < urls.size(); i++) {
      numbers.add(i);
    }
    forEach(
        numbers,
        number -> {
          URI url = urls.get(number);
          s3.getObject(
              r -> r.bucket(url.getHost()).key(url.getPath().substring(1)),
              folder.resolve(number + ".parquet"));
        });
  }

  /** Deletes everything below a prefix. */
  void delete(String bucket, String prefix) throws Exception {
    List<String> keys =
        s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents().stream()
            .map(S3Object::key)
            .toList();
    for (int from = 0; from < keys.size(); from += DELETED_AT_ONCE) {
      List<ObjectIdentifier> some =
          keys.subList(from, Math.min(from + DELETED_AT_ONCE, keys.size())).stream()
              .map(key -> ObjectIdentifier.builder().key(key).build())
              .toList();
      s3.deleteObjects(r -> r.bucket(bucket).delete(d -> d.objects(some).quiet(true)));
    }
  }

  /** One step for each of many, side by side. */
  @FunctionalInterface
  private interface Step<T> {
    void take(T one) throws IOException;
  }

  private <T> void forEach(List<T> all, Step<T> step) throws Exception {
    List<Future<?>> under = new ArrayList<>();
    for (T one : all) {
      under.add(
          threads.submit(
              () -> {
                step.take(one);
                return null;
              }));
    }
    for (Future<?> one : under) {
      try {
        one.get();
      } catch (ExecutionException e) {
        throw new IOException("a transfer failed: " + e.getCause().getMessage(), e.getCause());
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    s3.close();
  }
}
