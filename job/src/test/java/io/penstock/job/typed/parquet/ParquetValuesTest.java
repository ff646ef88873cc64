package io.penstock.job.typed.parquet;

import static io.penstock.spec.expression.ValueType.BIGINT;
import static io.penstock.spec.expression.ValueType.DOUBLE;
import static io.penstock.spec.expression.ValueType.FLOAT;
import static io.penstock.spec.expression.ValueType.JSON;
import static io.penstock.spec.expression.ValueType.TIMESTAMP;
import static io.penstock.spec.expression.ValueType.VARCHAR;
import static io.penstock.spec.expression.ValueType.VARCHAR_ARRAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.s3.MemoryObjectStore;
import io.penstock.job.scan.ObjectBytes;
import io.penstock.job.typed.BoxedValue;
import io.penstock.job.typed.TypedObjects;
import io.penstock.job.typed.TypedReading;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.TransformSpec;
import io.penstock.spec.expression.ValueType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every type of a Parquet file as every type that a field may be declared with. */
final class ParquetValuesTest {
  @TempDir Path folder;

  /** What a value that DuckDB writes is read as. */
  private record Case(String sql, ValueType type, String expected, boolean loses) {
    @Override
    public String toString() {
      return sql + " as " + type;
    }
  }

  private static Case kept(String sql, ValueType type, String expected) {
    return new Case(sql, type, expected, false);
  }

  private static Case loss(String sql, ValueType type, String expected) {
    return new Case(sql, type, expected, true);
  }

  private static final String TIME = "'2024-06-01 01:02:03.456789'";
  private static final String MILLIS = "1717203723456";

  private static final List<Case> CASES =
      List.of(
          kept("(-7)::TINYINT", BIGINT, "-7"),
          kept("(-30000)::SMALLINT", BIGINT, "-30000"),
          kept("(-2147483648)::INTEGER", BIGINT, "-2147483648"),
          kept("9223372036854775807::BIGINT", BIGINT, "9223372036854775807"),
          kept("255::UTINYINT", BIGINT, "255"),
          kept("65535::USMALLINT", BIGINT, "65535"),
          kept("4294967295::UINTEGER", BIGINT, "4294967295"),
          kept("7::UBIGINT", BIGINT, "7"),
          loss("18446744073709551615::UBIGINT", BIGINT, null),
          kept("18446744073709551615::UBIGINT", VARCHAR, "18446744073709551615"),
          kept("18446744073709551615::UBIGINT", JSON, "18446744073709551615"),
          kept("12::BIGINT", VARCHAR, "12"),
          kept("12::BIGINT", DOUBLE, "12.0"),
          kept("16777217::BIGINT", FLOAT, "1.6777216E7"),
          kept("1717203723456::BIGINT", TIMESTAMP, "2024-06-01T01:02:03.456Z"),
          loss("9223372036854775807::BIGINT", TIMESTAMP, null),
          kept("12::BIGINT", JSON, "12"),
          kept("1.5::DOUBLE", DOUBLE, "1.5"),
          kept("0.1::DOUBLE", FLOAT, "0.10000000149011612"),
          kept("'NaN'::DOUBLE", DOUBLE, "NaN"),
          kept("1.5::DOUBLE", VARCHAR, "1.5"),
          kept("'-inf'::DOUBLE", JSON, "\"-Infinity\""),
          loss("-1.9::DOUBLE", BIGINT, "-1"),
          kept("5.0::DOUBLE", BIGINT, "5"),
          loss("1e19::DOUBLE", BIGINT, null),
          loss("'NaN'::DOUBLE", BIGINT, null),
          loss("1.5::DOUBLE", TIMESTAMP, "1970-01-01T00:00:00.001Z"),
          kept("0.1::FLOAT", DOUBLE, "0.10000000149011612"),
          kept("0.1::FLOAT", VARCHAR, "0.1"),
          kept("0.1::FLOAT", FLOAT, "0.10000000149011612"),
          kept("0.5::FLOAT", JSON, "0.5"),
          kept("true", BIGINT, "1"),
          kept("false", BIGINT, "0"),
          kept("true", VARCHAR, "true"),
          kept("true", DOUBLE, "1.0"),
          kept("true", JSON, "true"),
          loss("true", TIMESTAMP, null),
          kept("123.4::DECIMAL(4,1)", VARCHAR, "123.4"),
          kept("-1234567.891::DECIMAL(18,3)", VARCHAR, "-1234567.891"),
          kept(
              "12345678901234567890.0123456789::DECIMAL(38,10)",
              VARCHAR,
              "12345678901234567890.0123456789"),
          kept("12345678901234567890.0123456789::DECIMAL(38,10)", DOUBLE, "1.2345678901234567E19"),
          loss("12345678901234567890.0::DECIMAL(38,10)", BIGINT, null),
          loss("-1.9::DECIMAL(4,1)", BIGINT, "-1"),
          kept("7.0::DECIMAL(4,1)", BIGINT, "7"),
          kept("123.40::DECIMAL(18,2)", JSON, "123.40"),
          kept("DATE '2024-06-01'", BIGINT, "1717200000000"),
          kept("DATE '1969-12-31'", BIGINT, "-86400000"),
          kept("DATE '2024-06-01'", VARCHAR, "2024-06-01"),
          kept("DATE '2024-06-01'", TIMESTAMP, "2024-06-01T00:00:00Z"),
          kept("DATE '2024-06-01'", JSON, "\"2024-06-01\""),
          kept("TIMESTAMP " + TIME, BIGINT, MILLIS),
          kept("TIMESTAMP " + TIME, TIMESTAMP, "2024-06-01T01:02:03.456Z"),
          kept("TIMESTAMP " + TIME, VARCHAR, "2024-06-01T01:02:03.456789Z"),
          kept("TIMESTAMP " + TIME, DOUBLE, "1.717203723456E12"),
          kept("TIMESTAMPTZ " + TIME, VARCHAR, "2024-06-01T01:02:03.456789Z"),
          kept("TIMESTAMP_MS '2024-06-01 01:02:03.456'", BIGINT, MILLIS),
          kept("TIMESTAMP_S " + TIME, TIMESTAMP, "2024-06-01T01:02:03Z"),
          kept("'2024-06-01 01:02:03.456789123'::TIMESTAMP_NS", BIGINT, MILLIS),
          kept(
              "'2024-06-01 01:02:03.456789123'::TIMESTAMP_NS",
              VARCHAR,
              "2024-06-01T01:02:03.456789123Z"),
          kept("TIMESTAMP '1969-12-31 23:59:59.999999'", BIGINT, "-1"),
          kept("TIME '01:02:03.5'", VARCHAR, "01:02:03.500"),
          kept("TIME '00:00:01'", BIGINT, "1000000"),
          loss("TIME '00:00:01'", TIMESTAMP, null),
          kept("'Göteborg'", VARCHAR, "Göteborg"),
          kept("''", VARCHAR, ""),
          kept("''", BIGINT, null),
          kept("' 1,000'", BIGINT, "1000"),
          loss("'abc'", BIGINT, null),
          loss("'1.9'", BIGINT, "1"),
          kept("'1e3'", DOUBLE, "1000.0"),
          kept("'2024-06-01T01:02:03.456Z'", TIMESTAMP, "2024-06-01T01:02:03.456Z"),
          loss("'yesterday'", TIMESTAMP, null),
          kept("'a\"b'", JSON, "\"a\\\"b\""),
          kept("'{\"a\": [1, 2.50]}'::JSON", JSON, "{\"a\":[1,2.50]}"),
          kept("'{\"a\": 1}'::JSON", VARCHAR, "{\"a\": 1}"),
          kept("'red'::ENUM('red','blue')", VARCHAR, "red"),
          kept("'\\x00\\xFF'::BLOB", VARCHAR, "AP8="),
          kept(
              "'5b1f3bd4-1d09-4b92-8a29-2a1f77b3f0aa'::UUID",
              VARCHAR,
              "5b1f3bd4-1d09-4b92-8a29-2a1f77b3f0aa"),
          kept("[1, NULL, 3]", JSON, "[1,null,3]"),
          kept("['x', 'y']", VARCHAR_ARRAY, "[\"x\",\"y\"]"),
          kept("['x', 'y']", VARCHAR, "[\"x\",\"y\"]"),
          kept("[]::INTEGER[]", JSON, "[]"),
          kept("[[1], [], NULL, [2, 3]]", JSON, "[[1],[],null,[2,3]]"),
          kept("[DATE '2024-06-01']", VARCHAR_ARRAY, "[\"2024-06-01\"]"),
          loss("[1, 2]", BIGINT, null),
          loss("[1, 2]", DOUBLE, null),
          loss("[1, 2]", TIMESTAMP, null),
          kept("{'a': 1, 'b': NULL, 'c': 'x'}", JSON, "{\"a\":1,\"b\":null,\"c\":\"x\"}"),
          kept("{'a': {'b': [1.5::FLOAT]}}", VARCHAR, "{\"a\":{\"b\":[1.5]}}"),
          loss("{'a': 1}", BIGINT, null),
          kept("MAP {'k': 1, 'l': NULL}", JSON, "{\"k\":1,\"l\":null}"),
          kept("MAP {1: [true]}", JSON, "{\"1\":[true]}"),
          kept("[{'a': DATE '2024-06-01'}, NULL]", JSON, "[{\"a\":\"2024-06-01\"},null]"));

  /** One file with a column for each case; of its rows the first has values, the second nulls. */
  @TestFactory
  Stream<DynamicTest> values() throws Exception {
    StringBuilder columns = new StringBuilder();
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < CASES.size(); i++) {
      columns.append(i == 0 ? "" : ", ").append("%s AS c%d".formatted(CASES.get(i).sql(), i));
      all.append(i == 0 ? "" : ", ").append("CASE WHEN n = 0 THEN c%d END AS c%d".formatted(i, i));
    }
    MemoryObjectStore store = new MemoryObjectStore();
    try (DuckFiles duck = new DuckFiles(folder)) {
      duck.execute("CREATE TABLE one AS SELECT " + columns);
      store.put(
          "b", "k", duck.parquet("SELECT " + all + " FROM one, range(2) r(n) ORDER BY n", ""));
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < CASES.size(); i++) {
      Case one = CASES.get(i);
      TypedReading.Field field = new TypedReading.Field("c" + i, one.type());
      tests.add(
          DynamicTest.dynamicTest(
              one.toString(),
              () -> {
                List<String> first = new ArrayList<>();
                first.add(one.expected());
                if (one.loses()) {
                  first.add(TypedReading.LOSS);
                }
                List<String> second = new ArrayList<>();
                second.add(null);
                assertThat(read(store, new RecordFormat.Parquet(false), List.of(field)).rows)
                    .containsExactly(first, second);
              }));
    }
    return tests.stream();
  }

  @Test
  void bytesAreTextIfTheJobSaysSo() throws Exception {
    MemoryObjectStore store = new MemoryObjectStore();
    try (DuckFiles duck = new DuckFiles(folder)) {
      store.put("b", "k", duck.parquet("SELECT 'abc'::BLOB AS a, '\\xFF'::BLOB AS b", ""));
    }
    List<TypedReading.Field> fields =
        List.of(
            new TypedReading.Field("a", VARCHAR),
            new TypedReading.Field("b", VARCHAR),
            new TypedReading.Field("absent", BIGINT));

    List<String> asText = new ArrayList<>();
    asText.add("abc");
    asText.add(null);
    asText.add(null);
    asText.add(TypedReading.LOSS);
    assertThat(read(store, new RecordFormat.Parquet(true), fields).rows).containsExactly(asText);

    List<String> asBase64 = new ArrayList<>(List.of("YWJj", "/w=="));
    asBase64.add(null);
    assertThat(read(store, new RecordFormat.Parquet(false), fields).rows).containsExactly(asBase64);
  }

  @Test
  void timesOfOldWritersAndHalfPrecisionNumbersHaveTheirMeaning() {
    ByteBuffer int96 = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    int96.putLong(3_723_456_789_000L).putInt(2_460_463);
    BoxedValue box = new BoxedValue();
    new ScalarConverter(
            Types.required(PrimitiveTypeName.INT96).named("t"),
            false,
            box,
            new ScalarConverter.Cursor(),
            () -> {})
        .addBinary(Binary.fromConstantByteArray(int96.array()));
    assertThat(box.take()).hasToString("2024-06-01T01:02:03.456789Z");

    assertThat(Float16.toFloat((short) 0x3c00)).isEqualTo(1.0f);
    assertThat(Float16.toFloat((short) 0xc500)).isEqualTo(-5.0f);
    assertThat(Float16.toFloat((short) 0x0001)).isEqualTo(0x1p-24f);
    assertThat(Float16.toFloat((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Float16.toFloat((short) 0x7e00)).isNaN();
  }

  private static TypedReading read(
      MemoryObjectStore store, RecordFormat format, List<TypedReading.Field> fields)
      throws Exception {
    TransformSpec transform = TypedReading.transform(format, fields);
    var stat = store.stat("b", "k").orElseThrow();
    ObjectBytes bytes = new ObjectBytes(store, "b", "k", stat.etag(), stat.size());
    PlannedObject object = new PlannedObject("k", stat.etag(), stat.size());
    return TypedReading.of(transform, new TypedObjects(transform).open(bytes, object));
  }
}
