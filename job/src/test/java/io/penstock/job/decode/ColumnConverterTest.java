package io.penstock.job.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.IntegerRange;
import io.penstock.spec.TimeFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ColumnConverterTest {
  @ParameterizedTest
  @CsvSource({
    "INT32, NUMBER, 12, 12",
    "INT32, STRING, -12, -12",
    "INT32, TEXT, +5, 5",
    "INT32, NUMBER, 5.0, 5",
    "INT32, NUMBER, 1e3, 1000",
    "INT32, TRUE, true, 1",
    "INT32, NUMBER, 2147483648, ! strconv.ParseInt: parsing \"2147483648\": value out of range",
    "INT32, STRING, abc, ! strconv.ParseInt: parsing \"abc\": invalid syntax",
    "INT32, NUMBER, 1.5, ! strconv.ParseInt: parsing \"1.5\": invalid syntax",
    "INT64, NUMBER, 9223372036854775807, 9223372036854775807",
    "INT64, NUMBER, 9223372036854775808, ! strconv.ParseInt: parsing \"9223372036854775808\": value out of range",
    "INT64, NUMBER, 1e999999999, ! strconv.ParseInt: parsing \"1e999999999\": value out of range",
    "INT64, STRING, 0x10, ! strconv.ParseInt: parsing \"0x10\": invalid syntax",
    "UINT64, TEXT, 9223372036854775807, 9223372036854775807",
    "UINT64, TEXT, 9223372036854775808, -9223372036854775808",
    "UINT64, NUMBER, 18446744073709551615, -1",
    "UINT64, NUMBER, 18446744073709551615.0, -1",
    "UINT64, STRING, 18446744073709551616, ! strconv.ParseUint: parsing \"18446744073709551616\": value out of range",
    "UINT64, STRING, -1, ! strconv.ParseUint: parsing \"-1\": value out of range",
    "UINT64, STRING, x, ! strconv.ParseUint: parsing \"x\": invalid syntax",
    "UINT64, TRUE, true, 1",
    "BOOLEAN, STRING, FALSE, 0",
    "BOOLEAN, TEXT, 0, 0",
    "BOOLEAN, NUMBER, 0.0, 0",
    "BOOLEAN, NUMBER, 2, 1",
    "BOOLEAN, STRING, no, 1",
  })
  void integersAndBooleans(ColumnType type, FieldKind kind, String text, String expected) {
    assertThat(converted(column(type, Optional.empty()), kind, text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "NUMBER, 1.5, 1.5",
    "STRING, 1e3, 1000.0",
    "STRING, NaN, NaN",
    "STRING, -Inf, -Infinity",
    "STRING, 1d, ! strconv.ParseFloat: parsing \"1d\": invalid syntax",
    "STRING, ' 1', ! strconv.ParseFloat: parsing \" 1\": invalid syntax",
    "NUMBER, 1e400, ! strconv.ParseFloat: parsing \"1e400\": value out of range",
    "TRUE, true, ! strconv.ParseFloat: parsing \"true\": invalid syntax",
  })
  void doubles(FieldKind kind, String text, String expected) {
    assertThat(converted(column(ColumnType.DOUBLE, Optional.empty()), kind, text))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T10:20:30Z, 2026-03-01T10:20:30Z",
    "2026-03-01 10:20:30, 2026-03-01T10:20:30Z",
    "2026-03-01T10:20:30.123456789Z, 2026-03-01T10:20:30.123456Z",
    "'2026-03-01T10:20:30,5+02:00', 2026-03-01T08:20:30.500Z",
    "2026-03-01T10:20-0130, 2026-03-01T11:50:00Z",
    "2026-03-01, 2026-03-01T00:00:00Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
    "1969-12-31T23:59:59.999999Z, 1969-12-31T23:59:59.999999Z",
    "2026-02-30, !",
    "2026-03-01T24:00:00Z, !",
    "2026-03-01T10:20:30Zx, !",
    "20260301, !",
  })
  void isoTimestamps(String text, String expected) {
    assertThat(time(new TimeFormat.Iso8601(), FieldKind.STRING, text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "SECONDS, NUMBER, 1722571980.802, 2024-08-02T04:13:00.802Z",
    "SECONDS, NUMBER, -0.0000001, 1969-12-31T23:59:59.999999Z",
    "MILLISECONDS, STRING, 1722571980802, 2024-08-02T04:13:00.802Z",
    "MICROSECONDS, NUMBER, 1, 1970-01-01T00:00:00.000001Z",
    "NANOSECONDS, NUMBER, 1999, 1970-01-01T00:00:00.000001Z",
    "SECONDS, NUMBER, 99999999999999999999999, !",
    "SECONDS, STRING, soon, !",
  })
  void epochTimestamps(TimeFormat.EpochUnit unit, FieldKind kind, String text, String expected) {
    assertThat(time(new TimeFormat.Epoch(unit), kind, text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "uuuu/MM/dd HH:mm, 2001/01/14 21:55, 2001-01-14T21:55:00Z",
    "uuuu/MM/dd HH:mm, 2001/02/30 06:00, !",
    "dd/MMM/uuuu:HH:mm:ss xx, 07/oct/2026:09:00:01 +0200, 2026-10-07T07:00:01Z",
    "uuuu-MM-dd, 2026-10-07, 2026-10-07T00:00:00Z",
  })
  void patternTimestamps(String pattern, String text, String expected) {
    assertThat(time(new TimeFormat.Pattern(pattern), FieldKind.TEXT, text)).isEqualTo(expected);
  }

  @Test
  void nullsTakeTheDefault() throws Unconvertible {
    ColumnConverter converter =
        new ColumnConverter(column(ColumnType.INT32, Optional.of("7")), List.of("-"));
    ColumnVector vector = new ColumnVector(ColumnType.INT32);

    for (FieldKind kind : List.of(FieldKind.ABSENT, FieldKind.STRING)) {
      assertThat(converter.convert(kind, "-", vector, 0)).isTrue();
      assertThat(vector.longAt(0)).isEqualTo(7);
    }
    assertThat(converter.convert(FieldKind.TEXT, "", vector, 0)).isTrue();
    assertThat(vector.longAt(0)).isEqualTo(7);
  }

  @Test
  void aDefaultThatIsNotOfTheTypeIsRefusedAtOnce() {
    assertThatThrownBy(
            () -> new ColumnConverter(column(ColumnType.INT32, Optional.of("x")), List.of()))
        .hasMessageContaining("default of c must be convertible");
  }

  @Test
  void emptyTextStaysTextAndIsNullElsewhere() throws Unconvertible {
    ColumnVector text = new ColumnVector(ColumnType.STRING);
    ColumnVector number = new ColumnVector(ColumnType.DOUBLE);

    assertThat(
            new ColumnConverter(column(ColumnType.STRING, Optional.empty()), List.of())
                .convert(FieldKind.TEXT, "", text, 0))
        .isTrue();
    assertThat(
            new ColumnConverter(column(ColumnType.DOUBLE, Optional.empty()), List.of())
                .convert(FieldKind.TEXT, "", number, 0))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "STRING, NUMBER, 1.50, 1.50",
    "STRING, TRUE, true, true",
    "JSON, STRING, 'a\"b', '\"a\\\"b\"'",
    "JSON, NUMBER, 1.50, 1.50",
    "JSON, TEXT, '[1, 2]', '[1,2]'",
    "JSON, TEXT, '[1', '! parsing \"[1\": not JSON'",
  })
  void texts(ColumnType type, FieldKind kind, String text, String expected) {
    ColumnVector vector = new ColumnVector(type);
    String actual;
    try {
      new ColumnConverter(column(type, Optional.empty()), List.of()).convert(kind, text, vector, 0);
      actual =
          new String(
              vector.text(), vector.textStart(0), vector.textLength(0), StandardCharsets.UTF_8);
    } catch (Unconvertible e) {
      actual = "! " + e.getMessage();
    }
    assertThat(actual).isEqualTo(expected);
  }

  private static String converted(ColumnSpec column, FieldKind kind, String text) {
    ColumnVector vector = new ColumnVector(column.type());
    try {
      new ColumnConverter(column, List.of()).convert(kind, text, vector, 0);
    } catch (Unconvertible e) {
      return "! " + e.getMessage();
    }
    return column.type() == ColumnType.DOUBLE
        ? Double.toString(vector.doubleAt(0))
        : Long.toString(vector.longAt(0));
  }

  private static String time(TimeFormat format, FieldKind kind, String text) {
    ColumnSpec column =
        new ColumnSpec(
            "c",
            1,
            ColumnType.TIMESTAMP,
            new ColumnSource.Field("c"),
            Optional.of(format),
            Optional.empty(),
            Optional.empty(),
            List.of());
    String micros = converted(column, kind, text);
    return micros.startsWith("!")
        ? "!"
        : Instant.EPOCH
            .plusSeconds(Math.floorDiv(Long.parseLong(micros), 1_000_000L))
            .plusNanos(Math.floorMod(Long.parseLong(micros), 1_000_000L) * 1_000)
            .toString();
  }

  private static ColumnSpec column(ColumnType type, Optional<String> defaultValue) {
    return new ColumnSpec(
        "c",
        1,
        type,
        new ColumnSource.Field("c"),
        Optional.empty(),
        Optional.<IntegerRange>empty(),
        defaultValue,
        List.of());
  }
}
