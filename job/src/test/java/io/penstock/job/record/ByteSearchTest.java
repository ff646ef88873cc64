package io.penstock.job.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ByteSearchTest {
  /** Neighbours of each other, where borrows and carries between bytes would show. */
  private static final byte[] VALUES = {0, 1, 2, 9, 10, 11, 33, 34, 35, 127, -128, -127, -1};

  @Test
  void findsAndCountsWhatALoopFindsAndCounts() {
    Random random = new Random(3);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      int kinds = 1 + random.nextInt(VALUES.length);
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] = VALUES[random.nextInt(kinds)];
      }
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length - from + 1);
      byte a = VALUES[random.nextInt(VALUES.length)];
      byte b = VALUES[random.nextInt(VALUES.length)];
      byte c = VALUES[random.nextInt(VALUES.length)];

      assertThat(ByteSearch.first(bytes, from, to, repeated(a)))
          .isEqualTo(first(bytes, from, to, a));
      assertThat(ByteSearch.first(bytes, from, to, repeated(a), repeated(b)))
          .isEqualTo(first(bytes, from, to, a, b));
      assertThat(ByteSearch.first(bytes, from, to, repeated(a), repeated(b), repeated(c)))
          .isEqualTo(first(bytes, from, to, a, b, c));
      assertThat(ByteSearch.count(bytes, from, to, repeated(a)))
          .isEqualTo(count(bytes, from, to, a));
    }
  }

  private static long repeated(byte value) {
    return ByteSearch.repeated(value);
  }

  private static int first(byte[] bytes, int from, int to, byte... wanted) {
    for (int i = from; i < to; i++) {
      for (byte one : wanted) {
        if (bytes[i] == one) {
          return i;
        }
      }
    }
    return to;
  }

  private static int count(byte[] bytes, int from, int to, byte wanted) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += bytes[i] == wanted ? 1 : 0;
    }
    return count;
  }
}
