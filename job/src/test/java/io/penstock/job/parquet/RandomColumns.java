package io.penstock.job.parquet;

import io.penstock.spec.ColumnType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/** Columns of every type and of many characters, from a seed. */
final class RandomColumns {
  private static final double[] ODD_DOUBLES = {
    0.0,
    -0.0,
    Double.NaN,
    Double.longBitsToDouble(0xFFF8000000000001L),
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -Double.MAX_VALUE,
    1.5
  };
  private static final long[] ODD_LONGS = {
    0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, 1L << 32
  };
  private static final String[] ODD_UNSIGNED = {
    "0", "9223372036854775807", "9223372036854775808", "18446744073709551615"
  };
  private static final String[] ODD_TEXTS = {
    "", "\0", "\0\0", "a", "a\0", "é€😀", "\uFFFF", "12345678", "1234567890123456", "z".repeat(300)
  };

  private static final List<ColumnType> TYPES = List.of(ColumnType.values());

  private final Random random;

  RandomColumns(Random random) {
    this.random = random;
  }

  Rows.Column[] some(int count) {
    List<Rows.Column> columns = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      ColumnType type = TYPES.get(random.nextInt(TYPES.size()));
      columns.add(new Rows.Column(type, withNulls(withRuns(values(type)))));
    }
    return columns.toArray(Rows.Column[]::new);
  }

  private IntFunction<Object> withNulls(IntFunction<Object> values) {
    return switch (random.nextInt(6)) {
      case 0 -> row -> null;
      case 1 -> row -> random.nextInt(3) == 0 ? null : values.apply(row);
      case 2 -> row -> random.nextInt(500) == 0 ? null : values.apply(row);
      case 3 -> row -> (row / 700) % 2 == 0 ? null : values.apply(row);
      default -> values;
    };
  }

  private IntFunction<Object> withRuns(IntFunction<Object> values) {
    if (random.nextInt(3) != 0) {
      return values;
    }
    int longest = 1 + random.nextInt(200);
    Object[] last = {values.apply(0)};
    return row -> {
      if (random.nextInt(longest) == 0) {
        last[0] = values.apply(row);
      }
      return last[0];
    };
  }

  private IntFunction<Object> values(ColumnType type) {
    // From one distinct value to more than any dictionary takes.
    int distinct = 1 << random.nextInt(20);
    return switch (type) {
      case BOOLEAN -> row -> random.nextInt(distinct) == 0;
      case INT32 -> row -> (int) odd(random.nextInt(distinct) - distinct / 2L);
      case INT64, TIMESTAMP -> row -> odd(random.nextInt(distinct) * 1_000_003L);
      case UINT64 ->
          row ->
              new BigInteger(
                  random.nextInt(20) == 0
                      ? ODD_UNSIGNED[random.nextInt(ODD_UNSIGNED.length)]
                      : Long.toUnsignedString(random.nextInt(distinct) * 0x9E3779B97F4A7C15L));
      case DOUBLE ->
          row ->
              random.nextInt(20) == 0
                  ? ODD_DOUBLES[random.nextInt(ODD_DOUBLES.length)]
                  : (Object) (random.nextInt(distinct) / 7.0);
      case STRING, JSON -> {
        String padding = "/".repeat(random.nextInt(40));
        yield row ->
            random.nextInt(20) == 0
                ? ODD_TEXTS[random.nextInt(ODD_TEXTS.length)]
                : padding + random.nextInt(distinct);
      }
    };
  }

  private long odd(long usual) {
    return random.nextInt(20) == 0 ? ODD_LONGS[random.nextInt(ODD_LONGS.length)] : usual;
  }
}
