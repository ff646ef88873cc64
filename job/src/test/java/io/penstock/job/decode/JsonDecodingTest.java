package io.penstock.job.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.RejectCode;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decoding of NDJSON beside a slow reference that reads trees. */
final class JsonDecodingTest {
  private static final int RECORDS = 20_000;
  private static final ObjectMapper REFERENCE =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final ObjectMapper DOUBLES = new ObjectMapper();
  private static final TransformSpec TRANSFORM =
      new TransformSpec(
          new RecordFormat.NdJson(),
          Compression.NONE,
          List.of(
              new ColumnSpec(
                  "at",
                  1,
                  ColumnType.TIMESTAMP,
                  new ColumnSource.Field("at"),
                  Optional.of(new TimeFormat.Epoch(TimeFormat.EpochUnit.MICROSECONDS)),
                  Optional.empty(),
                  Optional.of("0"),
                  List.of()),
              column("i", ColumnType.INT64),
              column("d", ColumnType.DOUBLE),
              column("b", ColumnType.BOOLEAN),
              column("s", ColumnType.STRING),
              column("j", ColumnType.JSON)),
          "at",
          List.of());

  private static ColumnSpec column(String name, ColumnType type) {
    return new ColumnSpec(
        name,
        1,
        type,
        new ColumnSource.Field(name),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  @Test
  void randomRecordsComeOutAsTheReferenceReadsThem() throws Exception {
    Random random = new Random(20_261_124);
    StringBuilder text = new StringBuilder();
    List<List<String>> expected = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      String record = record(random, i);
      text.append(record).append(random.nextInt(20) == 0 ? "\r\n" : "\n");
      expected.add(reference(record));
    }

    DecodedRows decoded = DecodedRows.of(TRANSFORM, text.toString());

    assertThat(decoded.rejects).isEmpty();
    for (int i = 0; i < RECORDS; i++) {
      assertThat(decoded.rows.get(i)).as("record %d", i).isEqualTo(expected.get(i));
    }
    assertThat(decoded.counts.rowsWritten()).isEqualTo(RECORDS);
  }

  /** Each column's kind of value, anything elsewhere, in any order, with blanks. */
  private static String record(Random random, int i) {
    List<String> fields = new ArrayList<>();
    fields.add("\"at\":" + blank(random) + i);
    if (random.nextInt(4) != 0) {
      fields.add("\"i\":" + blank(random) + random.nextLong() / (1L << random.nextInt(64)));
    }
    if (random.nextInt(4) != 0) {
      fields.add("\"d\" :" + number(random));
    }
    if (random.nextInt(4) != 0) {
      fields.add("\"\\u0062\":" + List.of("true", "false", "null").get(random.nextInt(3)));
    }
    if (random.nextInt(4) != 0) {
      fields.add("\"s\":" + string(random));
    }
    if (random.nextInt(4) != 0) {
      fields.add("\"j\":" + blank(random) + value(random, 3));
    }
    if (random.nextBoolean()) {
      fields.add("\"x" + string(random).substring(1) + ":" + value(random, 4));
    }
    Collections.shuffle(fields, random);
    return blank(random) + "{" + String.join("," + blank(random), fields) + blank(random) + "}";
  }

  private static String blank(Random random) {
    return List.of("", "", " ", "\t", "  ").get(random.nextInt(5));
  }

  private static String number(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> Integer.toString(random.nextInt());
      case 1 -> Double.toString(random.nextGaussian());
      case 2 -> Double.toString(Double.longBitsToDouble(random.nextLong())).replaceAll("NaN", "0");
      case 3 -> random.nextInt(1_000) + "." + random.nextInt(100_000) + "e" + random.nextInt(12);
      default -> "-" + random.nextInt(100) + "E-" + random.nextInt(300);
    };
  }

  private static String string(Random random) {
    StringBuilder text = new StringBuilder("\"");
    int length = random.nextInt(random.nextInt(8) == 0 ? 200 : 12);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(12)) {
        case 0 -> text.append(List.of("\\n", "\\\"", "\\\\", "\\/", "\\t").get(random.nextInt(5)));
        case 1 -> text.append("\\u%04x".formatted(random.nextInt(0xd800)));
        case 2 -> text.append("\\ud83d\\ude00");
        case 3 -> text.append("ä€");
        case 4 -> text.append("😀");
        default -> text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return text.append('"').toString();
  }

  private static String value(Random random, int depth) {
    int kind = random.nextInt(depth > 0 ? 7 : 5);
    return switch (kind) {
      case 0 -> "null";
      case 1 -> Boolean.toString(random.nextBoolean());
      case 2 -> number(random);
      case 3, 4 -> string(random);
      case 5 -> {
        List<String> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(value(random, depth - 1));
        }
        yield "[" + blank(random) + String.join(blank(random) + ",", items) + "]";
      }
      default -> {
        List<String> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add("\"k" + i + "\":" + blank(random) + value(random, depth - 1));
        }
        yield "{" + String.join(",", items) + blank(random) + "}";
      }
    };
  }

  /** Numbers inside nested values keep their text, which trees lose: those are compared apart. */
  private static List<String> reference(String record) throws JsonProcessingException {
    ObjectNode tree = (ObjectNode) REFERENCE.readTree(record);
    List<String> row = new ArrayList<>();
    row.add(tree.get("at").asText());
    row.add(tree.has("i") ? tree.get("i").asText() : null);
    row.add(
        tree.has("d") ? Double.toString(DOUBLES.readTree(record).get("d").doubleValue()) : null);
    JsonNode truth = tree.get("b");
    row.add(truth == null || truth.isNull() ? null : truth.booleanValue() ? "1" : "0");
    row.add(tree.has("s") ? tree.get("s").textValue() : null);
    row.add(nested(record, tree.get("j")));
    return row;
  }

  private static String nested(String record, JsonNode value) throws JsonProcessingException {
    if (value == null || value.isNull()) {
      return null;
    }
    DecodedRows alone = DecodedRows.of(TRANSFORM, record);
    assertThat(alone.rejects).as(record).isEmpty();
    String text = alone.rows.get(0).get(5);
    assertThat(REFERENCE.readTree(text)).isEqualTo(value);
    assertThat(text).as("compact").doesNotContain(": ").doesNotContain("[ ");
    return text;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1]                  | NOT_AN_OBJECT    | the record is not a JSON object",
        "12                   | NOT_AN_OBJECT    | the record is not a JSON object",
        "{\"i\":1             | MALFORMED_ROW    | expected close marker for Object, at byte",
        "{\"i\":1} x          | MALFORMED_ROW    | Unrecognized token",
        "{\"i\":1}{\"i\":2}   | MALFORMED_ROW    | there is text behind the JSON object",
        "{'i':1}              | MALFORMED_ROW    | Unexpected character",
        "{\"i\":01}           | MALFORMED_ROW    | zero",
        "{\"i\":NaN}          | MALFORMED_ROW    | NaN",
        "{\"s\":\"\\x\"}      | MALFORMED_ROW    | escape",
        "{\"i\":1,}           | MALFORMED_ROW    | Unexpected character",
        "{\"i\":\"x\"}        | TYPE_MISMATCH    | strconv.ParseInt",
        "{\"i\":1e99}         | VALUE_OUT_OF_RANGE | value out of range",
        "{\"at\":\"soon\"}    | TYPE_MISMATCH | soon",
      })
  void whatIsWrongIsSaid(String record, RejectCode code, String reason) {
    DecodedRows decoded = DecodedRows.of(TRANSFORM, "{}\n" + record + "\n{}\n");

    assertThat(decoded.rows).hasSize(2);
    assertThat(decoded.rejects).hasSize(1);
    assertThat(decoded.rejects.get(0).code()).isEqualTo(code);
    assertThat(decoded.rejects.get(0).reason()).contains(reason);
    assertThat(decoded.rejects.get(0).line()).isEqualTo(2);
    assertThat(decoded.rejects.get(0).row()).contains(record);
    assertThat(decoded.counts.balanced()).isTrue();
  }

  @Test
  void bytesThatAreNotUtf8AreKeptAsTheyAre() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write("{\"s\":\"".getBytes(StandardCharsets.UTF_8));
    bytes.write(new byte[] {(byte) 0xc3, (byte) 0x28, (byte) 0xff});
    bytes.write("\"}\n".getBytes(StandardCharsets.UTF_8));

    DecodedRows decoded = DecodedRows.of(TRANSFORM, bytes.toByteArray());

    assertThat(decoded.rejects.get(0).code()).isEqualTo(RejectCode.INVALID_UTF8);
    assertThat(Base64.getDecoder().decode(decoded.rejects.get(0).rowBase64().get()))
        .startsWith('{')
        .contains(0xff);
  }

  @Test
  void theLastOfEqualNamesCounts() {
    assertThat(DecodedRows.of(TRANSFORM, "{\"i\":1,\"i\":2}\n").rows.get(0).get(1)).isEqualTo("2");
  }

  @Test
  void aColumnWhoseNameNeedsEscapesIsReadAndTakesItsDefault() {
    ColumnSpec quoted =
        new ColumnSpec(
            "q",
            1,
            ColumnType.INT64,
            new ColumnSource.Field("a\"b"),
            Optional.empty(),
            Optional.empty(),
            Optional.of("7"),
            List.of());
    TransformSpec transform =
        new TransformSpec(
            new RecordFormat.NdJson(),
            Compression.NONE,
            List.of(TRANSFORM.columns().get(0), quoted),
            "at",
            List.of());

    DecodedRows decoded = DecodedRows.of(transform, "{\"at\":1}\n{\"a\\\"b\":2,\"at\":1}\n");

    assertThat(decoded.rows).containsExactly(List.of("1", "7"), List.of("1", "2"));
  }

  @Test
  void halfASurrogatePairIsReplacedInValuesAndRefusedInNames() {
    DecodedRows decoded =
        DecodedRows.of(
            TRANSFORM, "{\"s\":\"\\ud800\",\"j\":[\"\\udc00\"]}\n{\"j\":{\"\\ud83d\\u0041\":1}}\n");

    assertThat(decoded.rows).hasSize(1);
    assertThat(decoded.rows.get(0).subList(4, 6)).containsExactly("\ufffd", "[\"\ufffd\"]");
    assertThat(decoded.rejects).hasSize(1);
    assertThat(decoded.rejects.get(0).code()).isEqualTo(RejectCode.MALFORMED_ROW);
  }

  @Test
  void depthHasItsLimit() {
    DecodedRows decoded =
        DecodedRows.of(TRANSFORM, "{\"j\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}\n");

    assertThat(decoded.rows).isEmpty();
    assertThat(decoded.rejects).hasSize(1);
    assertThat(decoded.rejects.get(0).reason()).contains("depth").doesNotContain("Constraints");
  }
}
