package io.penstock.job.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spec.TaskFailure.FailureCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PinnedObjectStreamTest {
  private final byte[] object = new byte[10_000];
  private final Random random = new Random(1);
  private String etag = "\"e\"";
  private int opened;
  private int ended;

  PinnedObjectStreamTest() {
    random.nextBytes(object);
  }

  /** An answer whose connection breaks after so many bytes: by an error, or by just ending. */
  private PinnedObjectStream.Opened answer(long from, long to, int bytes) {
    opened++;
    boolean silently = random.nextBoolean();
    InputStream whole =
        new ByteArrayInputStream(object, (int) from, (int) Math.min(to - from, bytes));
    InputStream body =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new UnsupportedOperationException("byte by byte is too slow");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            int read = whole.read(target, offset, length);
            if (read < 0 && !silently) {
              throw new IOException("connection reset");
            }
            return read;
          }

          @Override
          public void close() {
            ended++;
          }
        };
    return new PinnedObjectStream.Opened(body, etag, to - from, () -> ended++);
  }

  private PinnedObjectStream range(int from, int length, PinnedObjectStream.Opener opener)
      throws IOException {
    return new PinnedObjectStream("s3://b/k", "e", from, length, opener);
  }

  @Test
  void brokenConnectionsAreTakenUpBehindTheLastByteAndNoneIsKept() throws Exception {
    try (InputStream in =
        range(100, 9_000, (from, to) -> answer(from, to, 1 + random.nextInt(500)))) {
      assertThat(in.readNBytes(9_000)).isEqualTo(Arrays.copyOfRange(object, 100, 9_100));
      assertThat(in.read()).isEqualTo(-1);
    }

    assertThat(opened).isGreaterThan(18);
    assertThat(ended).isEqualTo(opened);
  }

  @Test
  void anotherVersionIsNotTakenUp() throws Exception {
    try (InputStream in = range(0, 1_000, (from, to) -> answer(from, to, 500))) {
      assertThat(in.readNBytes(500)).hasSize(500);
      etag = "\"another\"";

      assertThatThrownBy(in::readAllBytes)
          .isInstanceOfSatisfying(
              ObjectStoreException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.OBJECT_CHANGED));
    }
  }

  @Test
  void aConnectionThatNeverGivesAByteIsGivenUpByName() throws Exception {
    try (InputStream in = range(7, 1_000, (from, to) -> answer(from, to, 0))) {
      assertThatThrownBy(() -> in.readNBytes(1))
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining("s3://b/k at byte 7");
    }
    assertThat(opened).isEqualTo(5);
  }
}
