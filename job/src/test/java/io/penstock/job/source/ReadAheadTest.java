package io.penstock.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.job.TestSpecs;
import io.penstock.job.s3.ForwardingStore;
import io.penstock.job.s3.MemoryObjectStore;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.TaskFailure.FailureCode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ReadAheadTest {
  private static final int PATIENCE_SECONDS = 30;

  private final Watched store = new Watched();
  private final List<PlannedObject> objects = new ArrayList<>();

  /** Counts what is under way, and can make the first read wait for others. */
  private static final class Watched extends ForwardingStore {
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger bytes = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    Watched() {
      super(new MemoryObjectStore());
    }

    @Override
    public InputStream read(String bucket, String key, String etag, long offset, long length)
        throws IOException {
      begun.incrementAndGet();
      bytes.addAndGet((int) length);
      gate.countDown();
      try {
        if (!gate.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new IOException("nothing else was fetched meanwhile");
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      InputStream in = super.read(bucket, key, etag, offset, length);
      return new FilterInputStream(in) {
        @Override
        public void close() throws IOException {
          ended.incrementAndGet();
          super.close();
        }
      };
    }
  }

  private byte[] put(String key, byte[] content) throws IOException {
    store.put(TestSpecs.LANDING, key, content);
    String etag = store.stat(TestSpecs.LANDING, key).orElseThrow().etag();
    objects.add(new PlannedObject(key, etag, content.length));
    return content;
  }

  private byte[] put(String key, Random random, int length) throws IOException {
    byte[] content = new byte[length];
    random.nextBytes(content);
    return put(key, content);
  }

  private ReadAhead ahead(int requests, int bytes, int range) {
    ReadAhead.Limits limits = new ReadAhead.Limits(requests, bytes, range);
    return new ReadAhead(store, TestSpecs.LANDING, limits);
  }

  private static byte[] read(ReadAhead ahead, int place) throws IOException {
    try (InputStream in = ahead.open(place)) {
      return in.readAllBytes();
    }
  }

  @Test
  void everyObjectIsGivenWholeAndInOrderWhateverItsSize() throws Exception {
    Random random = new Random(1);
    List<byte[]> contents = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      contents.add(put("k" + i, random, random.nextInt(4) * random.nextInt(100)));
    }
    for (int round = 0; round < 20; round++) {
      int range = 1 + random.nextInt(60);
      try (ReadAhead ahead = ahead(1 + random.nextInt(8), 1 + random.nextInt(300), range)) {
        ahead.begin(objects);
        for (int place = 0; place < objects.size(); place++) {
          assertThat(read(ahead, place)).isEqualTo(contents.get(place));
        }
      }
    }
  }

  @Test
  void soManyRequestsAreAheadAndNotOneMore() throws Exception {
    for (int i = 0; i < 50; i++) {
      put("k" + i, new byte[] {(byte) i});
    }
    store.gate = new CountDownLatch(5);
    try (ReadAhead ahead = ahead(5, 1_000, 1_000)) {
      ahead.begin(objects);
      for (int place = 0; place < objects.size(); place++) {
        assertThat(read(ahead, place)).containsExactly(place);
        assertThat(store.begun.get()).isLessThanOrEqualTo(place + 1 + 5);
      }
    }
    assertThat(store.begun).hasValue(50);
  }

  @Test
  void soManyBytesAreAheadAndNotMore() throws Exception {
    put("large", new byte[1_000]);
    put("larger", new byte[500]);
    store.gate = new CountDownLatch(3);
    try (ReadAhead ahead = ahead(100, 300, 100)) {
      ahead.begin(objects);
      int read = 0;
      try (InputStream in = ahead.open(0)) {
        while (in.read() >= 0) {
          read++;
          // The piece at hand counts as ahead until its last byte is taken and the next wanted.
          assertThat(store.bytes.get()).isLessThanOrEqualTo((read - 1) / 100 * 100 + 300);
        }
      }
      assertThat(read(ahead, 1)).hasSize(500);
    }
    assertThat(store.bytes).hasValue(1_500);
  }

  @Test
  void aPieceLargerThanAllMayBeAheadIsFetchedAlone() throws Exception {
    byte[] content = put("large", new Random(2), 1_000);
    try (ReadAhead ahead = ahead(4, 10, 100)) {
      ahead.begin(objects);
      assertThat(read(ahead, 0)).isEqualTo(content);
    }
  }

  @Test
  void aFailureShowsAtItsObjectAndNowhereElse() throws Exception {
    for (int i = 0; i < 20; i++) {
      put("k" + i, new byte[] {(byte) i});
    }
    objects.set(7, new PlannedObject("k7", "another", 1));
    try (ReadAhead ahead = ahead(20, 1_000, 1_000)) {
      ahead.begin(objects);
      for (int i = 0; i < 20; i++) {
        int place = i;
        if (place == 7) {
          assertThatThrownBy(() -> read(ahead, place))
              .isInstanceOf(ObjectStoreException.class)
              .hasMessageContaining("k7");
        } else {
          assertThat(read(ahead, place)).containsExactly(place);
        }
      }
    }
  }

  @Test
  void anObjectThatChangesBetweenTwoRangesIsFound() throws Exception {
    put("k", new byte[100]);
    try (ReadAhead ahead = ahead(1, 10, 10)) {
      ahead.begin(objects);
      try (InputStream in = ahead.open(0)) {
        assertThat(in.readNBytes(10)).hasSize(10);
        store.put(TestSpecs.LANDING, "k", new byte[100]);

        assertThatThrownBy(in::readAllBytes)
            .isInstanceOfSatisfying(
                ObjectStoreException.class,
                e -> assertThat(e.code()).isEqualTo(FailureCode.OBJECT_CHANGED));
      }
    }
  }

  @Test
  void anObjectGivenUpHalfReadLeavesTheNextWhole() throws Exception {
    put("half", new byte[1_000]);
    byte[] next = put("next", new Random(3), 250);
    try (ReadAhead ahead = ahead(3, 300, 100)) {
      ahead.begin(objects);
      try (InputStream in = ahead.open(0)) {
        assertThat(in.readNBytes(150)).hasSize(150);
      }
      assertThat(read(ahead, 1)).isEqualTo(next);

      ahead.begin(objects.subList(1, 2));
      assertThat(read(ahead, 0)).isEqualTo(next);
    }
  }

  @Test
  void closedInTheMiddleItLeavesNothingOpen() throws Exception {
    for (int i = 0; i < 30; i++) {
      put("k" + i, new byte[1_000]);
    }
    ReadAhead ahead = ahead(8, 4_000, 100);
    ahead.begin(objects);
    InputStream in = ahead.open(0);
    assertThat(in.readNBytes(250)).hasSize(250);
    ahead.close();
    in.close();

    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (store.begun.get() > store.ended.get() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(store.ended).hasValue(store.begun.get());
  }
}
