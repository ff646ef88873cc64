package io.penstock.job.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.job.s3.ObjectStore.CompleteOutcome;
import io.penstock.job.s3.ObjectStore.ListPage;
import io.penstock.job.s3.ObjectStore.ObjectStat;
import io.penstock.job.s3.ObjectStore.UploadedPart;
import io.penstock.spec.TaskFailure.FailureCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store must do, so that histories told with the one in memory are true of S3. */
abstract class ObjectStoreContract {
  static final String BUCKET = "bucket";

  abstract ObjectStore store();

  @Test
  void whatIsNotThereIsAbsent() throws Exception {
    assertThat(store().stat(BUCKET, "none")).isEmpty();
    assertThat(store().get(BUCKET, "none")).isEmpty();
    assertThat(store().list(BUCKET, "none", Optional.empty()))
        .isEqualTo(new ListPage(List.of(), true));
  }

  @Test
  void aWriteReplacesAndChangesTheVersion() throws Exception {
    store().put(BUCKET, "a", bytes("one"));
    ObjectStat first = store().stat(BUCKET, "a").orElseThrow();
    store().put(BUCKET, "a", bytes("three"));

    ObjectStat second = store().stat(BUCKET, "a").orElseThrow();
    assertThat(store().get(BUCKET, "a").orElseThrow()).isEqualTo(bytes("three"));
    assertThat(second.size()).isEqualTo(5);
    assertThat(second.etag()).isNotEqualTo(first.etag());
    assertFails(FailureCode.OBJECT_CHANGED, "a", first.etag());
    try (InputStream in = store().read(BUCKET, "a", second.etag(), 0, 5)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes("three"));
    }
  }

  @Test
  void aRangeIsReadAndNothingElse() throws Exception {
    store().put(BUCKET, "range", bytes("0123456789"));
    store().put(BUCKET, "empty", new byte[0]);
    String etag = store().stat(BUCKET, "range").orElseThrow().etag();

    assertThat(range("range", etag, 3, 4)).isEqualTo(bytes("3456"));
    assertThat(range("range", etag, 9, 1)).isEqualTo(bytes("9"));
    assertThat(range("empty", store().stat(BUCKET, "empty").orElseThrow().etag(), 0, 0)).isEmpty();
    for (long offset : new long[] {8, 10, 12}) {
      assertThatThrownBy(() -> range("range", etag, offset, 4))
          .isInstanceOfSatisfying(
              ObjectStoreException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.OBJECT_CHANGED));
    }
  }

  private byte[] range(String key, String etag, long offset, long length) throws IOException {
    try (InputStream in = store().read(BUCKET, key, etag, offset, length)) {
      return in.readAllBytes();
    }
  }

  @Test
  void aReadGivenUpEarlyTakesNoConnectionWithIt() throws Exception {
    store().put(BUCKET, "large", new byte[300_000]);
    String etag = store().stat(BUCKET, "large").orElseThrow().etag();
    // More often than a client has connections.
    for (int i = 0; i < 80; i++) {
      try (InputStream in = store().read(BUCKET, "large", etag, 0, 300_000)) {
        assertThat(in.read()).isZero();
      }
    }
    assertThat(range("large", etag, 299_999, 1)).hasSize(1);
  }

  @Test
  void readingWhatIsGoneFailsByName() {
    assertFails(FailureCode.NOT_FOUND, "gone", "\"x\"");
  }

  private void assertFails(FailureCode code, String key, String etag) {
    assertThatThrownBy(
            () -> {
              try (InputStream in = store().read(BUCKET, key, etag, 0, 3)) {
                in.readAllBytes();
              }
            })
        .isInstanceOfSatisfying(
            ObjectStoreException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.permanent()).isTrue();
              assertThat(e.getMessage()).contains(key);
            });
  }

  @Test
  void listingIsFlatPagedAndInKeyOrder() throws Exception {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      keys.add("list/%04d/x".formatted(i));
    }
    keys.add("list/1100");
    for (String key : keys) {
      store().put(BUCKET, key, bytes(key));
    }
    store().put(BUCKET, "lisu", bytes(""));

    ListPage first = store().list(BUCKET, "list/", Optional.empty());
    List<String> found = new ArrayList<>(keysOf(first));
    ListPage second = store().list(BUCKET, "list/", Optional.of(found.get(found.size() - 1)));
    found.addAll(keysOf(second));

    assertThat(first.last()).isFalse();
    assertThat(second.last()).isTrue();
    assertThat(found).isEqualTo(keys);
    assertThat(keysOf(store().list(BUCKET, "list/", Optional.of("list/1099/x"))))
        .containsExactly("list/1100");
  }

  private static List<String> keysOf(ListPage page) {
    return page.objects().stream().map(ObjectStat::key).toList();
  }

  @Test
  void anUploadIsInvisibleUntilItIsCompletedAndCompletingAgainDoesNoHarm() throws Exception {
    String id = store().beginUpload(BUCKET, "up");
    byte[] large = new byte[5 * 1024 * 1024];
    List<UploadedPart> parts =
        List.of(
            store().uploadPart(BUCKET, "up", id, 1, large, large.length),
            store().uploadPart(BUCKET, "up", id, 2, bytes("end, cut"), 3));
    assertThat(store().stat(BUCKET, "up")).isEmpty();

    assertThat(store().completeUpload(BUCKET, "up", id, parts))
        .isEqualTo(CompleteOutcome.COMPLETED);

    ObjectStat completed = store().stat(BUCKET, "up").orElseThrow();
    assertThat(completed.size()).isEqualTo(large.length + 3L);
    // Services differ in what they answer now.
    assertThat(store().completeUpload(BUCKET, "up", id, parts)).isNotNull();
    assertThat(store().stat(BUCKET, "up")).contains(completed);
  }

  @Test
  void anUploadGivenUpLeavesNothingAndCanBeGivenUpAgain() throws Exception {
    String id = store().beginUpload(BUCKET, "aborted");
    UploadedPart part = store().uploadPart(BUCKET, "aborted", id, 1, bytes("x"), 1);

    store().abortUpload(BUCKET, "aborted", id);
    store().abortUpload(BUCKET, "aborted", id);

    assertThat(store().completeUpload(BUCKET, "aborted", id, List.of(part)))
        .isEqualTo(CompleteOutcome.NO_SUCH_UPLOAD);
    assertThat(store().stat(BUCKET, "aborted")).isEmpty();
  }

  @Test
  void anUploadWithoutOneOfItsPartsCannotBeCompleted() throws Exception {
    String id = store().beginUpload(BUCKET, "parts");
    UploadedPart part = store().uploadPart(BUCKET, "parts", id, 1, bytes("x"), 1);

    assertThat(
            store().completeUpload(BUCKET, "parts", id, List.of(new UploadedPart(2, part.etag()))))
        .isEqualTo(CompleteOutcome.NO_SUCH_UPLOAD);
    assertThat(store().stat(BUCKET, "parts")).isEmpty();
    store().abortUpload(BUCKET, "parts", id);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
