package io.penstock.job.typed.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.job.compress.UnreadableException;
import io.penstock.job.typed.TypedObjects;
import io.penstock.job.typed.TypedReading;
import io.penstock.job.typed.TypedReading.Field;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.TransformSpec;
import io.penstock.spec.expression.ValueType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that Avro's own writer writes. */
final class AvroRowsTest {
  private static final RecordFormat.Avro PLAIN =
      new RecordFormat.Avro(false, false, Optional.empty());

  private static byte[] file(Schema schema, String codec, List<GenericRecord> records)
      throws IOException {
    // The codec that Java alone reads is registered by whoever reads.
    assertThat(new AvroRows(null, () -> 0, PLAIN, List.of(), null)).isNotNull();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(CodecFactory.fromString(codec)).setSyncInterval(4_000);
      writer.create(schema, bytes);
      for (GenericRecord record : records) {
        writer.append(record);
      }
    }
    return bytes.toByteArray();
  }

  private static TypedReading read(RecordFormat.Avro format, byte[] file, Field... fields)
      throws IOException {
    TransformSpec transform = TypedReading.transform(format, List.of(fields));
    return TypedReading.of(
        transform, new TypedObjects(transform).open(new ByteArrayInputStream(file), () -> 0));
  }

  /**
   * A file of one record with one field, {@code v}.
   *
   * @param value in Avro's JSON
   */
  private static byte[] one(String type, String value) throws IOException {
    Schema schema = record("{\"name\":\"v\",\"type\":" + type + "}");
    DatumReader<GenericRecord> reader = new GenericDatumReader<>(schema);
    GenericRecord record =
        reader.read(null, DecoderFactory.get().jsonDecoder(schema, "{\"v\":" + value + "}"));
    return file(schema, "null", List.of(record));
  }

  private static Schema record(String fields) {
    return new Schema.Parser()
        .parse(
            "{\"type\":\"record\",\"name\":\"r\",\"namespace\":\"n\",\"fields\":[" + fields + "]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      nullValues = "NULL",
      textBlock =
          """
          "int"     | -7     | BIGINT  | -7     | kept
          "long"    | 9223372036854775807 | BIGINT | 9223372036854775807 | kept
          "long"    | 12     | VARCHAR | 12     | kept
          "float"   | 0.1    | VARCHAR | 0.1    | kept
          "float"   | 0.1    | DOUBLE  | 0.10000000149011612 | kept
          "double"  | 1.9    | BIGINT  | 1      | lost
          "double"  | 1.9    | FLOAT   | 1.899999976158142 | kept
          "boolean" | true   | BIGINT  | 1      | kept
          "boolean" | true   | VARCHAR | true   | kept
          "string"  | "abc"  | VARCHAR | abc    | kept
          "string"  | "abc"  | BIGINT  | NULL   | lost
          "string"  | "1e3"  | DOUBLE  | 1000.0 | kept
          "string"  | "a\\"b" | JSON   | "a\\"b" | kept
          "bytes"   | "\\u00ff" | VARCHAR | /w== | kept
          "null"    | null   | VARCHAR | NULL   | kept
          ["null","long"] | null | BIGINT | NULL | kept
          ["null","long"] | {"long":5} | BIGINT | 5 | kept
          ["long","string"] | {"string":"x"} | VARCHAR | x | kept
          {"type":"int","logicalType":"date"} | 19875 | VARCHAR | 2024-06-01 | kept
          {"type":"int","logicalType":"date"} | 19875 | BIGINT | 1717200000000 | kept
          {"type":"int","logicalType":"time-millis"} | 1500 | VARCHAR | 00:00:01.500 | kept
          {"type":"long","logicalType":"timestamp-millis"} | 1717203723456 | TIMESTAMP | 2024-06-01T01:02:03.456Z | kept
          {"type":"long","logicalType":"timestamp-micros"} | 1717203723456789 | VARCHAR | 2024-06-01T01:02:03.456789Z | kept
          {"type":"long","logicalType":"timestamp-micros"} | 1717203723456789 | BIGINT | 1717203723456 | kept
          {"type":"long","logicalType":"timestamp-nanos"} | -1 | BIGINT | -1 | kept
          {"type":"long","logicalType":"local-timestamp-millis"} | 0 | VARCHAR | 1970-01-01T00:00:00Z | kept
          {"type":"bytes","logicalType":"decimal","precision":9,"scale":2} | "\\u0004\\u00d2" | VARCHAR | 12.34 | kept
          {"type":"bytes","logicalType":"decimal","precision":9,"scale":2} | "\\u0004\\u00d2" | DOUBLE | 12.34 | kept
          {"type":"fixed","name":"f","size":2} | "\\u0001\\u0002" | VARCHAR | AQI= | kept
          {"type":"enum","name":"e","symbols":["A","B"]} | "B" | VARCHAR | B | kept
          {"type":"array","items":["null","long"]} | [{"long":1},null] | JSON | [1,null] | kept
          {"type":"array","items":"string"} | ["x","y"] | VARCHAR_ARRAY | ["x","y"] | kept
          {"type":"array","items":"string"} | ["x"] | BIGINT | NULL | lost
          {"type":"map","values":"int"} | {"b":2,"a":1} | JSON | {"a":1,"b":2} | kept
          {"type":"record","name":"q","fields":[{"name":"x","type":"int"},{"name":"y","type":["null","string"]}]} | {"x":1,"y":null} | JSON | {"x":1,"y":null} | kept
          """)
  void values(String type, String value, ValueType as, String expected, String outcome)
      throws IOException {
    List<String> row = new ArrayList<>();
    row.add(expected);
    if (outcome.equals("lost")) {
      row.add(TypedReading.LOSS);
    }

    assertThat(read(PLAIN, one(type, value), new Field("v", as)).rows).containsExactly(row);
  }

  @Test
  void settingsChangeBytesUnionsAndTheSchema() throws IOException {
    byte[] bytes = one("\"bytes\"", "\"abc\"");
    RecordFormat.Avro asText = new RecordFormat.Avro(true, false, Optional.empty());
    assertThat(read(asText, bytes, new Field("v", ValueType.VARCHAR)).rows)
        .containsExactly(List.of("abc"));

    RecordFormat.Avro byType = new RecordFormat.Avro(false, true, Optional.empty());
    Field json = new Field("v", ValueType.JSON);
    assertThat(read(byType, one("[\"null\",\"long\",\"string\"]", "{\"string\":\"x\"}"), json).rows)
        .containsExactly(List.of("{\"string\":\"x\"}"));
    assertThat(read(byType, one("[\"null\",\"long\"]", "{\"long\":5}"), json).rows)
        .containsExactly(List.of("5"));

    String schema =
        record(
                "{\"name\":\"renamed\",\"aliases\":[\"v\"],\"type\":\"double\"},"
                    + "{\"name\":\"added\",\"type\":\"string\",\"default\":\"none\"}")
            .toString();
    RecordFormat.Avro reader = new RecordFormat.Avro(false, false, Optional.of(schema));
    assertThat(
            read(
                    reader,
                    one("\"int\"", "3"),
                    new Field("renamed", ValueType.DOUBLE),
                    new Field("added", ValueType.VARCHAR))
                .rows)
        .containsExactly(List.of("3.0", "none"));
  }

  private static final Schema NUMBERED =
      record("{\"name\":\"id\",\"type\":\"long\"},{\"name\":\"text\",\"type\":\"string\"}");

  private static List<GenericRecord> numbered(int count) {
    List<GenericRecord> records = new ArrayList<>();
    BiConsumer<GenericRecord, Integer> fill =
        (record, n) -> {
          record.put("id", (long) n);
          record.put("text", "text of " + n);
        };
    for (int n = 0; n < count; n++) {
      GenericRecord record = new GenericData.Record(NUMBERED);
      fill.accept(record, n);
      records.add(record);
    }
    return records;
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "bzip2", "zstandard"})
  void allRecordsComeInOrderWhateverTheCodec(String codec) throws IOException {
    byte[] file = file(NUMBERED, codec, numbered(5_000));

    TypedReading reading = read(PLAIN, file, new Field("id", ValueType.BIGINT));

    assertThat(reading.rows).hasSize(5_000);
    assertThat(reading.rows.get(4_321)).containsExactly("4321");
    assertThat(reading.firstRows).startsWith(1L, 513L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy"})
  void aFileThatIsCutOrDamagedFails(String codec) throws IOException {
    byte[] file = file(NUMBERED, codec, numbered(2_000));
    for (int cut : new int[] {1, 17, 100, file.length / 2, file.length - 3}) {
      byte[] shorter = Arrays.copyOf(file, file.length - cut);
      assertThatThrownBy(() -> read(PLAIN, shorter, new Field("id", ValueType.BIGINT)))
          .isInstanceOf(UnreadableException.class);
    }
    byte[] longer = Arrays.copyOf(file, file.length + 5);
    assertThatThrownBy(() -> read(PLAIN, longer, new Field("id", ValueType.BIGINT)))
        .isInstanceOf(UnreadableException.class);
    byte[] other = file.clone();
    other[file.length - 5] ^= 1;
    assertThatThrownBy(() -> read(PLAIN, other, new Field("id", ValueType.BIGINT)))
        .isInstanceOf(UnreadableException.class);
  }
}
