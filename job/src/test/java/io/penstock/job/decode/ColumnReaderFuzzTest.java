package io.penstock.job.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.ColumnRules;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.IntegerRange;
import io.penstock.spec.TimeFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values read from bytes beside the same values converted from text. */
final class ColumnReaderFuzzTest {
  private static final int CASES = 4 * JsonFuzzTest.CASES;
  private static final List<FieldKind> TEXTS = List.of(FieldKind.TEXT, FieldKind.STRING);
  private static final List<FieldKind> NUMBERS =
      List.of(FieldKind.TEXT, FieldKind.STRING, FieldKind.NUMBER);

  private final Random random = new Random(JsonFuzzTest.SEED + 2);
  private final RandomValues values = new RandomValues(random);

  /** Compares, and counts what was not read by way of text. */
  private final class Comparison {
    private final ColumnSpec column;
    private final ColumnConverter converter;
    private final ColumnVector expected;
    private final ColumnVector actual;
    private final ColumnReader reader;

    Comparison(ColumnType type, Optional<TimeFormat> format, Optional<IntegerRange> range) {
      this(type, format, range, Optional.empty());
    }

    Comparison(
        ColumnType type,
        Optional<TimeFormat> format,
        Optional<IntegerRange> range,
        Optional<ColumnRules> rules) {
      column =
          new ColumnSpec(
              "c",
              1,
              type,
              new ColumnSource.Field("c"),
              format,
              range,
              Optional.empty(),
              List.of("-1", "0.5"),
              rules);
      converter = new ColumnConverter(column, List.of());
      expected = new ColumnVector(type);
      actual = new ColumnVector(type);
      reader = ColumnReader.of(column, List.of(), actual);
    }

    void compare(FieldKind kind, String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      byte[] padded = Arrays.copyOf(bytes, bytes.length + Words.PADDING);
      for (int i = bytes.length; i < padded.length; i++) {
        padded[i] = (byte) ('0' + random.nextInt(10));
      }
      boolean sound = true;
      expected.setNull(0);
      actual.setNull(0);
      try {
        converter.convert(kind, text, expected, 0);
      } catch (Unconvertible e) {
        sound = false;
      }
      boolean read = reader.read(kind, padded, 0, bytes.length, 0);
      if (read != sound || (sound && !value(actual).equals(value(expected)))) {
        assertThat(read + " " + value(actual))
            .as("%s %s of %s", kind, text, column)
            .isEqualTo(sound + " " + value(expected));
      }
    }

    private String value(ColumnVector vector) {
      if (vector.isNull(0)) {
        return "null";
      }
      return vector.type() == ColumnType.DOUBLE
          ? Long.toHexString(Double.doubleToRawLongBits(vector.doubleAt(0)))
          : Long.toString(vector.longAt(0));
    }
  }

  @Test
  void integers() {
    Comparison whole = new Comparison(ColumnType.INT64, Optional.empty(), Optional.empty());
    Comparison half = new Comparison(ColumnType.INT32, Optional.empty(), Optional.empty());
    Comparison few =
        new Comparison(ColumnType.INT32, Optional.empty(), Optional.of(new IntegerRange(0, 255)));
    Comparison unsigned = new Comparison(ColumnType.UINT64, Optional.empty(), Optional.empty());
    for (int i = 0; i < CASES; i++) {
      String large = Long.toUnsignedString(random.nextLong());
      unsigned.compare(pick(NUMBERS), spoiltSometimes(large));
      String text = spoiltSometimes(random.nextInt(8) == 0 ? values.decimal() : values.integer());
      unsigned.compare(pick(NUMBERS), text);
      whole.compare(pick(NUMBERS), text);
      half.compare(pick(NUMBERS), text);
      few.compare(pick(NUMBERS), text);
    }
  }

  @Test
  void doubles() {
    Comparison doubles = new Comparison(ColumnType.DOUBLE, Optional.empty(), Optional.empty());
    for (int i = 0; i < CASES; i++) {
      doubles.compare(pick(NUMBERS), spoiltSometimes(values.decimal()));
    }
  }

  @Test
  void booleans() {
    Comparison booleans = new Comparison(ColumnType.BOOLEAN, Optional.empty(), Optional.empty());
    List<String> words = List.of("true", "false", "FALSE", "False", "0", "1", "no", "00", "falſe");
    for (int i = 0; i < CASES / 10; i++) {
      booleans.compare(pick(TEXTS), spoiltSometimes(pick(words)));
      booleans.compare(FieldKind.NUMBER, values.decimal());
    }
    booleans.compare(FieldKind.TRUE, "true");
    booleans.compare(FieldKind.FALSE, "false");
    booleans.compare(FieldKind.NESTED, "[]");
  }

  @Test
  void timestamps() {
    List<Comparison> comparisons = new ArrayList<>();
    RandomRules rules = new RandomRules(random);
    for (TimeFormat format : RandomTransform.TIME_FORMATS) {
      comparisons.add(new Comparison(ColumnType.TIMESTAMP, Optional.of(format), Optional.empty()));
      comparisons.add(
          new Comparison(
              ColumnType.TIMESTAMP,
              Optional.of(format),
              Optional.empty(),
              rules.rules(ColumnType.TIMESTAMP, List.of())));
    }
    for (int i = 0; i < CASES; i++) {
      Comparison comparison = pick(comparisons);
      comparison.compare(
          pick(NUMBERS), spoiltSometimes(timestamp(comparison.column.timeFormat().orElseThrow())));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uuuu-MM-dd HH:mm:ss",
        "uuuu-MM-dd'T'HH:mm:ss.SSSXXX",
        "dd/MMM/uuuu:HH:mm:ss Z",
        "uuuuMMddHHmmss",
        "MM/dd/uuuu HH:mm",
        "uuuu-MM-dd"
      })
  void theUsualPatternsAreReadWithoutText(String pattern) {
    assertThat(FixedPattern.of(pattern)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"uuuu-M-d", "yyyy-MM-dd", "uuuu-MM-dd[ HH:mm]", "uuuu-MM", "uuuu-MM-dd HH"})
  void otherPatternsAreLeftToJavaTime(String pattern) {
    assertThat(FixedPattern.of(pattern)).isEmpty();
  }

  @Test
  void patternsOfAllSorts() {
    int fixed = 0;
    for (int i = 0; i < CASES / 100; i++) {
      String pattern = pattern();
      fixed += FixedPattern.of(pattern).isPresent() ? 1 : 0;
      TimeFormat format = new TimeFormat.Pattern(pattern);
      Comparison comparison =
          new Comparison(ColumnType.TIMESTAMP, Optional.of(format), Optional.empty());
      for (int j = 0; j < 20; j++) {
        comparison.compare(FieldKind.TEXT, spoiltSometimes(values.patterned(pattern)));
      }
    }
    assertThat(fixed).isGreaterThan(CASES / 2000);
  }

  private String pattern() {
    List<String> fields =
        new ArrayList<>(
            List.of("uuuu", pick(List.of("MM", "MM", "MMM", "M")), pick(List.of("dd", "dd", "d"))));
    if (random.nextBoolean()) {
      Collections.shuffle(fields, random);
    }
    for (String field : List.of("HH", "mm", "ss", pick(List.of("S", "SSS", "SSSSSSSSS")))) {
      if (random.nextInt(6) == 0) {
        break;
      }
      fields.add(field);
    }
    if (random.nextInt(3) == 0) {
      fields.add(pick(List.of("xx", "xxx", "XX", "XXX", "X", "Z", "ZZZZZ", "'Z'", "n", "a")));
    }
    StringBuilder pattern = new StringBuilder();
    for (String field : fields) {
      String between =
          pick(List.of("-", "/", ":", " ", ".", "", "", "'T'", "''", "'o''c'", "'1'", ", ", "+"));
      pattern.append(pattern.isEmpty() ? "" : between).append(field);
    }
    return pattern.toString();
  }

  private String timestamp(TimeFormat format) {
    if (format instanceof TimeFormat.Epoch) {
      return values.epoch();
    }
    if (format instanceof TimeFormat.Go go) {
      return values.patterned(RandomRules.GO_LAYOUTS.get(go.layout()));
    }
    return format instanceof TimeFormat.Pattern pattern
        ? values.patterned(pattern.pattern())
        : values.iso();
  }

  private String spoiltSometimes(String text) {
    return random.nextInt(10) == 0 ? values.spoilt(text) : text;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
