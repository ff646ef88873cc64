package io.penstock.job.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.job.s3.MemoryObjectStore;
import io.penstock.job.s3.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class UploadStreamTest {
  private static final int MEBIBYTE = 1024 * 1024;

  private final Uploads uploads = new Uploads();

  @AfterEach
  void stop() {
    uploads.close();
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  @Test
  void partsOfManyStreamsAreUploadedInTheirOrder() throws Exception {
    MemoryObjectStore store = new MemoryObjectStore();
    Map<String, byte[]> expected = new HashMap<>();
    List<UploadStream> streams = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String key = "k" + i;
      byte[] content = bytes(i * 5 * MEBIBYTE + i);
      expected.put(key, content);
      UploadStream stream = new UploadStream(Optional.of(store), uploads, "b", key);
      for (int at = 0; at < content.length; at += MEBIBYTE) {
        stream.write(content, at, Math.min(MEBIBYTE, content.length - at));
      }
      streams.add(stream);
    }

    for (UploadStream stream : streams) {
      Upload upload = Uploads.await(stream.finish());
      store.completeUpload("b", upload.key(), upload.uploadId(), upload.parts());
      assertThat(upload.length()).isEqualTo(expected.get(upload.key()).length);
    }

    for (Map.Entry<String, byte[]> one : expected.entrySet()) {
      assertThat(store.get("b", one.getKey())).hasValue(one.getValue());
    }
    assertThat(store.openUploads()).isZero();
  }

  @Test
  void aPartIsUploadedWhileTheNextIsWritten() throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    MemoryObjectStore store =
        new MemoryObjectStore() {
          @Override
          public synchronized UploadedPart uploadPart(
              String bucket, String key, String id, int number, byte[] part, int length)
              throws IOException {
            try {
              written.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            return super.uploadPart(bucket, key, id, number, part, length);
          }
        };
    UploadStream stream = new UploadStream(Optional.of(store), uploads, "b", "k");

    stream.write(bytes(20 * MEBIBYTE));
    stream.write(bytes(20 * MEBIBYTE));
    written.countDown();

    assertThat(Uploads.await(stream.finish()).parts())
        .extracting(ObjectStore.UploadedPart::number)
        .containsExactly(1, 2);
  }

  @Test
  void aPartThatCannotBeUploadedIsTheStreamsFailureAndTheRestIsGivenUp() throws Exception {
    MemoryObjectStore store =
        new MemoryObjectStore() {
          @Override
          public synchronized UploadedPart uploadPart(
              String bucket, String key, String id, int number, byte[] part, int length)
              throws IOException {
            if (number == 2) {
              throw new IOException("no room for " + key);
            }
            return super.uploadPart(bucket, key, id, number, part, length);
          }
        };
    UploadStream stream = new UploadStream(Optional.of(store), uploads, "b", "k");
    for (int i = 0; i < 4; i++) {
      stream.write(bytes(9 * MEBIBYTE));
    }

    assertThatThrownBy(() -> Uploads.await(stream.finish())).hasMessage("no room for k");
    assertThat(store.openUploads()).isEqualTo(1);
    stream.abort();

    assertThat(store.openUploads()).isZero();
  }
}
