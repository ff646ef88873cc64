package io.penstock.job.sort;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyColumnTest {
  private static byte[] key(ColumnType type, long value) {
    ColumnVector vector = new ColumnVector(type);
    vector.setLong(0, value);
    RowBytes out = new RowBytes();
    new KeyColumn(0, type, false).write(vector, 0, out);
    return Arrays.copyOf(out.bytes(), out.length());
  }

  @ParameterizedTest
  @CsvSource({
    "INT64, -9223372036854775808, -1",
    "INT64, -1, 0",
    "INT64, 0, 9223372036854775807",
    "UINT64, 0, 9223372036854775807",
    "UINT64, 9223372036854775807, -9223372036854775808",
    "UINT64, -9223372036854775808, -1"
  })
  void keysAreInTheOrderOfTheValues(ColumnType type, long smaller, long larger) {
    assertThat(Arrays.compareUnsigned(key(type, smaller), key(type, larger))).isNegative();
  }

  @Test
  void anUnsignedValueComesBack() {
    ColumnVector[] columns = {new ColumnVector(ColumnType.UINT64)};

    int end =
        new KeyColumn(0, ColumnType.UINT64, false).read(key(ColumnType.UINT64, -2), 0, columns, 3);

    assertThat(end).isEqualTo(1 + Long.BYTES);
    assertThat(columns[0].longAt(3)).isEqualTo(-2);
  }
}
