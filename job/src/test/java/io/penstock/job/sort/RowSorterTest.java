package io.penstock.job.sort;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.PartitionLimits;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.Rollup;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RowSorterTest {
  private static final long HOUR = 3_600_000_000L;
  private static final List<ColumnSpec> COLUMNS =
      List.of(
          column("at", ColumnType.TIMESTAMP),
          column("city", ColumnType.STRING),
          column("n", ColumnType.INT64),
          column("x", ColumnType.DOUBLE));
  private static final Rollup ROLLUP =
      new Rollup(
          List.of(
              new Rollup.Measure("n", Rollup.Function.SUM),
              new Rollup.Measure("x", Rollup.Function.MAX)));

  /** A row; absent values are null. */
  private record Row(long at, String city, Long n, Double x) {
    long hour() {
      return Math.floorDiv(at, HOUR);
    }
  }

  private static ColumnSpec column(String name, ColumnType type) {
    return new ColumnSpec(
        name,
        1,
        type,
        new ColumnSource.Field(name),
        type == ColumnType.TIMESTAMP ? Optional.of(new TimeFormat.Iso8601()) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static RowLayout layout(List<String> sortColumns, Optional<Rollup> rollup) {
    TransformSpec transform =
        new TransformSpec(new RecordFormat.NdJson(), Compression.NONE, COLUMNS, "at", List.of());
    PartitionLimits limits =
        new PartitionLimits(1_000, Duration.ofHours(1), 10, Optional.empty(), sortColumns);
    return RowLayout.of(rollup.map(transform::withRollup).orElse(transform), limits).orElseThrow();
  }

  private static List<Row> random(Random random, int count) {
    String[] cities = {
      null, "", "a", "a\0", "a\0\0b", "a\0\u00ff", "ab", "é", "\ud83d\ude00", "\uffff"
    };
    Double[] doubles = {null, 0.0, -0.0, Double.NaN, -1.5, 1e300, Double.NEGATIVE_INFINITY};
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          new Row(
              (random.nextInt(5) - 2) * HOUR + random.nextInt(3),
              cities[random.nextInt(cities.length)],
              random.nextInt(4) == 0 ? null : random.nextLong(),
              doubles[random.nextInt(doubles.length)]));
    }
    return rows;
  }

  private static void add(RowSorter sorter, List<Row> rows) throws IOException {
    ColumnVector[] vectors =
        COLUMNS.stream().map(c -> new ColumnVector(c.type())).toArray(ColumnVector[]::new);
    RowBatch batch = new RowBatch(vectors);
    for (int from = 0; from < rows.size(); from += RowBatch.CAPACITY) {
      batch.clear();
      for (Row row : rows.subList(from, Math.min(rows.size(), from + RowBatch.CAPACITY))) {
        int i = batch.rows();
        vectors[0].setLong(i, row.at());
        if (row.city() != null) {
          byte[] text = row.city().getBytes(StandardCharsets.UTF_8);
          vectors[1].setText(i, text, 0, text.length);
        }
        if (row.n() != null) {
          vectors[2].setLong(i, row.n());
        }
        if (row.x() != null) {
          vectors[3].setDouble(i, row.x());
        }
        batch.endRow();
      }
      sorter.add(batch);
    }
  }

  private static List<Row> drained(RowSorter sorter, RowLayout layout) throws IOException {
    List<Row> rows = new ArrayList<>();
    BatchedRows batches = new BatchedRows(layout, batch -> collect(batch, rows));
    sorter.drain(batches);
    batches.flush();
    return rows;
  }

  private static void collect(RowBatch batch, List<Row> rows) {
    for (int i = 0; i < batch.rows(); i++) {
      ColumnVector city = batch.column(1);
      rows.add(
          new Row(
              batch.column(0).longAt(i),
              city.isNull(i)
                  ? null
                  : new String(
                      city.text(), city.textStart(i), city.textLength(i), StandardCharsets.UTF_8),
              batch.column(2).isNull(i) ? null : batch.column(2).longAt(i),
              batch.column(3).isNull(i) ? null : batch.column(3).doubleAt(i)));
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  /** Memory for a few dozen rows, so that most of them go through files. */
  @ParameterizedTest
  @MethodSource("seeds")
  void rowsComeInOrderWithinTheirBucketAndOtherwiseAsTheyWere(int seed) throws Exception {
    Random random = new Random(seed);
    List<Row> rows = random(random, random.nextInt(3_000));
    RowLayout layout = layout(List.of("city", "x"), Optional.empty());
    List<Row> expected = new ArrayList<>(rows);
    expected.sort(
        Comparator.comparingLong(Row::hour)
            .thenComparing(Row::city, Comparator.nullsFirst(RowSorterTest::compareUtf8))
            .thenComparing(Row::x, Comparator.nullsFirst(Comparator.naturalOrder())));

    try (RowSorter sorter = new RowSorter(layout, 1 + random.nextInt(20_000))) {
      add(sorter, rows);

      assertThat(drained(sorter, layout)).isEqualTo(expected);
      assertThat(drained(sorter, layout)).isEmpty();
    }
  }

  private static int compareUtf8(String a, String b) {
    return java.util.Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  /** Whichever way they go: at once, or in parts that are merged afterwards. */
  @ParameterizedTest
  @MethodSource("seeds")
  void rowsOfOneKeyBecomeOne(int seed) throws Exception {
    Random random = new Random(1_000 + seed);
    List<Row> rows = random(random, random.nextInt(3_000));
    RowLayout layout = layout(List.of("city"), Optional.of(ROLLUP));
    int parts = 1 + random.nextInt(3);

    List<Row> combined;
    try (RowSorter all = new RowSorter(layout, 1 + random.nextInt(20_000))) {
      for (int part = 0; part < parts; part++) {
        int from = rows.size() * part / parts;
        int to = rows.size() * (part + 1) / parts;
        try (RowSorter one = new RowSorter(layout, 1 + random.nextInt(20_000))) {
          add(one, rows.subList(from, to));
          RowBytes written = new RowBytes();
          one.drain((bytes, at, length) -> written.put(bytes, at, length));
          all.addWritten(written.bytes(), written.length());
        }
      }
      combined = drained(all, layout);
    }

    assertThat(combined).containsExactlyInAnyOrderElementsOf(grouped(rows));
    assertThat(combined)
        .isSortedAccordingTo(
            Comparator.comparingLong(Row::hour)
                .thenComparing(Row::city, Comparator.nullsFirst(RowSorterTest::compareUtf8))
                .thenComparing(Row::at));
  }

  private static List<Row> grouped(List<Row> rows) {
    Map<List<Object>, List<Row>> groups = new LinkedHashMap<>();
    for (Row row : rows) {
      List<Object> key = new ArrayList<>();
      key.add(row.at());
      key.add(row.city());
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
    }
    return groups.values().stream().map(RowSorterTest::one).toList();
  }

  private static Row one(List<Row> group) {
    Optional<BigInteger> sum =
        group.stream()
            .filter(row -> row.n() != null)
            .map(row -> BigInteger.valueOf(row.n()))
            .reduce(BigInteger::add);
    Optional<Double> max =
        group.stream().filter(row -> row.x() != null).map(Row::x).reduce(Math::max);
    return new Row(
        group.get(0).at(),
        group.get(0).city(),
        sum.filter(s -> s.bitLength() < Long.SIZE).map(BigInteger::longValue).orElse(null),
        max.orElse(null));
  }

  @Test
  void aSumThatIsTooLargeIsNullAndToldButOneThatComesBackIsNot() throws Exception {
    RowLayout layout = layout(List.of(), Optional.of(ROLLUP));
    try (RowSorter sorter = new RowSorter(layout, 10_000)) {
      add(
          sorter,
          List.of(
              new Row(1, "a", Long.MAX_VALUE, null),
              new Row(1, "a", 1L, null),
              new Row(1, "a", -2L, null),
              new Row(1, "b", Long.MIN_VALUE, null),
              new Row(1, "b", -1L, null)));

      assertThat(drained(sorter, layout))
          .containsExactly(new Row(1, "a", Long.MAX_VALUE - 1, null), new Row(1, "b", null, null));
      assertThat(layout.losses())
          .containsExactly("1 sums in column n have more than 64 bits and are NULL");
      assertThat(layout.losses()).isEmpty();
    }
  }

  @Test
  void zerosOfEitherSignAndAllNaNsAreOneKey() throws Exception {
    Rollup count = new Rollup(List.of(new Rollup.Measure("n", Rollup.Function.COUNT)));
    RowLayout layout = layout(List.of(), Optional.of(count));
    double otherNaN = Double.longBitsToDouble(0x7ff8000000000001L);
    try (RowSorter sorter = new RowSorter(layout, 10_000)) {
      add(
          sorter,
          List.of(
              new Row(1, "a", 1L, 0.0),
              new Row(1, "a", 1L, -0.0),
              new Row(1, "a", null, -0.0),
              new Row(1, "a", 1L, Double.NaN),
              new Row(1, "a", 1L, otherNaN)));

      assertThat(drained(sorter, layout))
          .containsExactly(new Row(1, "a", 2L, 0.0), new Row(1, "a", 2L, Double.NaN));
    }
  }
}
