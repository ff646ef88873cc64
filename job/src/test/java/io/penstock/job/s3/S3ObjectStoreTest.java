package io.penstock.job.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.locals3.LocalS3;
import io.penstock.spec.S3Access;
import io.penstock.spec.S3Credentials;
import io.penstock.spec.SecretBox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class S3ObjectStoreTest extends ObjectStoreContract {
  @TempDir static Path folder;
  private static LocalS3 s3;
  private static ObjectStore store;

  @BeforeAll
  static void start() throws Exception {
    Files.createDirectories(folder.resolve(BUCKET));
    s3 = LocalS3.start(folder, 0, "access", "secret");
    store = open("secret");
  }

  private static ObjectStore open(String secret) {
    String key = SecretBox.newKey();
    System.setProperty("penstock.secret-key", key);
    return new S3ObjectStores()
        .open(
            new S3Access(
                Optional.of(s3.endpoint().toString()),
                "us-east-1",
                true,
                Optional.of(
                    SecretBox.of(key)
                        .seal(new S3Credentials("access", secret, Optional.empty())))));
  }

  @AfterAll
  static void stop() {
    store.close();
    s3.close();
  }

  @Override
  ObjectStore store() {
    return store;
  }

  @Test
  void aMissingBucketIsAnErrorAndNotAnAbsentObject() {
    assertThatThrownBy(() -> store.list("nowhere", "", Optional.empty()))
        .hasMessageContaining("s3://nowhere/")
        .hasMessageContaining("the bucket does not exist");
  }

  @Test
  void aWrongSecretIsDenied() {
    try (ObjectStore wrong = open("wrong")) {
      assertThatThrownBy(() -> wrong.get(BUCKET, "a"))
          .hasMessageContaining("s3://bucket/a")
          .hasMessageContaining("access denied");
    }
  }
}
