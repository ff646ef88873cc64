package io.penstock.job.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeBucketsTest {
  private static final long WIDTH = 60_000_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 400, 1_000_000})
  void everyRowIsInItsBucketInOrderWhateverWasDividedBefore(int spread) {
    Random random = new Random(spread);
    TimeBuckets buckets = new TimeBuckets(WIDTH);
    for (int round = 0; round < 200; round++) {
      ColumnVector time = new ColumnVector(ColumnType.TIMESTAMP);
      for (int row = 0; row < RowBatch.CAPACITY; row++) {
        time.setLong(row, (random.nextInt(2 * spread) - spread) * WIDTH + random.nextInt(60) - 30);
      }
      int[] selected =
          IntStream.range(0, RowBatch.CAPACITY).filter(row -> random.nextInt(8) != 0).toArray();
      Map<Long, List<Integer>> expected = new LinkedHashMap<>();
      for (int row : selected) {
        expected
            .computeIfAbsent(Math.floorDiv(time.longAt(row), WIDTH), bucket -> new ArrayList<>())
            .add(row);
      }

      int groups = buckets.divide(time, selected, selected.length);

      Map<Long, List<Integer>> found = new LinkedHashMap<>();
      for (int g = 0; g < groups; g++) {
        int[] rows = Arrays.copyOfRange(buckets.rows(), buckets.from(g), buckets.to(g));
        found.put(buckets.bucket(g), Arrays.stream(rows).boxed().toList());
      }
      assertThat(List.copyOf(found.entrySet())).isEqualTo(List.copyOf(expected.entrySet()));
    }
  }
}
