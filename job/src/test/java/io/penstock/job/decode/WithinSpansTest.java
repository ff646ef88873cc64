package io.penstock.job.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.RowRules;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TimeSpan;
import io.penstock.spec.TransformSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WithinSpansTest {
  private static final ColumnSpec AT =
      new ColumnSpec(
          "at",
          0,
          ColumnType.TIMESTAMP,
          new ColumnSource.Field("at"),
          Optional.of(new TimeFormat.Iso8601()),
          Optional.empty(),
          Optional.empty(),
          List.of());

  private static TransformSpec transform(TimeSpan... spans) {
    return new TransformSpec(
        new RecordFormat.NdJson(),
        Compression.AUTO,
        List.of(AT),
        "at",
        List.of(),
        Optional.of(
            new RowRules(
                List.of(), List.of(), Optional.empty(), Optional.empty(), List.of(spans))));
  }

  private static TimeSpan seconds(long from, long to) {
    return new TimeSpan(Instant.ofEpochSecond(from), Instant.ofEpochSecond(to));
  }

  private static RowBatch batch(Long... micros) {
    ColumnVector time = new ColumnVector(ColumnType.TIMESTAMP);
    RowBatch batch = new RowBatch(time);
    batch.clear(new byte[0]);
    for (Long at : micros) {
      if (at == null) {
        time.setNull(batch.rows());
      } else {
        time.setLong(batch.rows(), at);
      }
      batch.endRow();
    }
    return batch;
  }

  private static List<Integer> selected(RowBatch batch) {
    return Arrays.stream(batch.selected()).limit(batch.selectedRows()).boxed().toList();
  }

  @Test
  void withoutSpansThereIsNoStep() {
    assertThat(WithinSpans.of(transform())).isEmpty();
  }

  @Test
  void aSpanHasItsBeginningAndNotItsEnd() {
    RowBatch batch = batch(-1L, 0L, 999_999L, 1_000_000L, null, 5_000_000L, 5_999_999L, 6_000_000L);

    WithinSpans.of(transform(seconds(0, 1), seconds(5, 6))).get(0).apply(batch, (row, why) -> {});

    assertThat(selected(batch)).containsExactly(1, 2, 4, 5, 6);
  }

  @Test
  void randomTimesAreKeptExactlyWhenASpanHasThem() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      TimeSpan[] spans = new TimeSpan[1 + random.nextInt(4)];
      for (int i = 0; i < spans.length; i++) {
        long from = random.nextInt(50) - 25L;
        spans[i] = seconds(from, from + 1 + random.nextInt(10));
      }
      Long[] micros = new Long[RowBatch.CAPACITY];
      for (int i = 0; i < micros.length; i++) {
        micros[i] = (random.nextInt(120) - 60) * 500_000L;
      }
      RowBatch batch = batch(micros);

      WithinSpans.of(transform(spans)).get(0).apply(batch, (row, why) -> {});

      List<Integer> expected =
          IntStream.range(0, micros.length)
              .filter(
                  i -> {
                    Instant at = Instant.ofEpochSecond(0, micros[i] * 1_000);
                    return Arrays.stream(spans)
                        .anyMatch(s -> !at.isBefore(s.from()) && at.isBefore(s.to()));
                  })
              .boxed()
              .toList();
      assertThat(selected(batch)).isEqualTo(expected);
    }
  }
}
