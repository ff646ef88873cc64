package io.penstock.job.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BufferPoolTest {
  private static final int BYTES = 1 << 20;

  /** More than other tests can have left. */
  private static final int POOLS = 500;

  @Test
  void whatIsIdleWhenAPoolIsClosedIsLentByAnother() {
    BufferPool closed = new BufferPool();
    byte[] idle = new byte[BYTES];
    closed.give(idle);
    closed.close();

    assertThat(takenFromNewPools().anyMatch(taken -> taken == idle)).isTrue();
  }

  @Test
  void whatIsLentWhenAPoolIsClosedIsNotLentByAnother() {
    BufferPool closed = new BufferPool();
    byte[] lent = closed.take(BYTES);
    closed.close();
    closed.give(lent);

    assertThat(takenFromNewPools().anyMatch(taken -> taken == lent)).isFalse();
  }

  /** One at a time: together they would not fit the heap. */
  private static Stream<byte[]> takenFromNewPools() {
    return Stream.generate(BufferPool::new).limit(POOLS).map(pool -> pool.take(BYTES));
  }
}
