package io.penstock.job.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.github.luben.zstd.ZstdInputStream;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnType;
import io.penstock.spec.export.ExportFormat;
import io.penstock.spec.export.ExportQuery;
import io.penstock.spec.export.TableColumn;
import io.penstock.spec.expression.Expression;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written, as text, and as DuckDB reads it. */
final class RowEncodersTest {
  private static final List<TableColumn> COLUMNS =
      List.of(
          new TableColumn("n", 1, ColumnType.INT64),
          new TableColumn("i", 2, ColumnType.INT32),
          new TableColumn("d", 3, ColumnType.DOUBLE),
          new TableColumn("b", 4, ColumnType.BOOLEAN),
          new TableColumn("t", 5, ColumnType.TIMESTAMP),
          new TableColumn("s \"q\"", 6, ColumnType.STRING),
          new TableColumn("j", 7, ColumnType.JSON));
  private static final String DUCKDB_COLUMNS =
      "{n: 'BIGINT', i: 'INTEGER', d: 'DOUBLE', b: 'BOOLEAN', t: 'TIMESTAMPTZ', 's \"q\"': 'VARCHAR',"
          + " j: 'JSON'}";
  private static final int[] IN_ORDER = java.util.stream.IntStream.range(0, 512).toArray();

  @TempDir Path folder;

  private static ExportQuery query() {
    List<ExportQuery.Output> outputs = new ArrayList<>();
    for (TableColumn column : COLUMNS) {
      outputs.add(
          new ExportQuery.Output(
              column.name(),
              new Expression.Input(outputs.size(), ExportQuery.valueType(column.type()))));
    }
    return new ExportQuery(COLUMNS, Optional.empty(), Optional.empty(), outputs);
  }

  private static RowBatch emptyBatch() {
    return new RowBatch(
        COLUMNS.stream().map(c -> new ColumnVector(c.type())).toArray(ColumnVector[]::new));
  }

  private static void add(RowBatch batch, Object... values) {
    for (int c = 0; c < values.length; c++) {
      ColumnVector vector = batch.column(c);
      if (values[c] instanceof String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        vector.setText(batch.rows(), bytes, 0, bytes.length);
      } else if (values[c] instanceof Double number) {
        vector.setDouble(batch.rows(), number);
      } else if (values[c] instanceof Number number) {
        vector.setLong(batch.rows(), number.longValue());
      } else if (values[c] instanceof Boolean yes) {
        vector.setLong(batch.rows(), yes ? 1 : 0);
      }
    }
    batch.endRow();
  }

  private static byte[] encode(ExportFormat format, List<Object[]> rows, int largestBatch)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowBatch batch = emptyBatch();
    try (RowEncoders encoders = new RowEncoders(format, query(), OptionalLong.empty());
        RowEncoder encoder = encoders.open(out)) {
      for (int next = 0; next < rows.size(); ) {
        batch.clear();
        while (batch.rows() < largestBatch && next < rows.size()) {
          add(batch, rows.get(next++));
        }
        int from = 0;
        while (from < batch.rows()) {
          from = encoder.append(batch, IN_ORDER, from, batch.rows());
        }
      }
      encoder.finish();
    }
    return out.toByteArray();
  }

  private static String lines(ExportFormat.Kind kind, Object[]... rows) throws IOException {
    ExportFormat format = new ExportFormat(kind, ExportFormat.Codec.NONE);
    return new String(encode(format, List.of(rows), 512), StandardCharsets.UTF_8);
  }

  private static Object[] row(Object... values) {
    return values;
  }

  @Test
  void aJsonLineHasEveryColumnAndJsonIsNested() throws IOException {
    assertThat(
            lines(
                ExportFormat.Kind.JSON_LINES,
                row(
                    1L,
                    2,
                    0.1,
                    true,
                    1_682_429_400_123_456L,
                    "a\"\\\n\u0001é",
                    "{\"a\": [1, {} ] }"),
                row(null, null, null, null, null, null, null),
                row(-7L, -2, Double.NaN, false, 1_682_429_400_000_000L, "", "\"x\"")))
        .isEqualTo(
            """
            {"n":1,"i":2,"d":0.1,"b":true,"t":"2023-04-25T13:30:00.123456+00:00","s \\"q\\"":"a\\"\\\\\\n\\u0001é","j":{"a":[1,{}]}}
            {"n":null,"i":null,"d":null,"b":null,"t":null,"s \\"q\\"":null,"j":null}
            {"n":-7,"i":-2,"d":null,"b":false,"t":"2023-04-25T13:30:00+00:00","s \\"q\\"":"","j":"x"}
            """);
  }

  @Test
  void aCsvLineTellsNullFromAnEmptyText() throws IOException {
    assertThat(
            lines(
                ExportFormat.Kind.CSV,
                row(1L, 2, 0.1, true, 1_682_429_400_123_456L, "a,\"b\"", "{\"a\":1}"),
                row(null, null, Double.NaN, false, null, "", null),
                row(null, null, Double.NEGATIVE_INFINITY, null, null, " x", "[\n]")))
        .isEqualTo(
            "n,i,d,b,t,\"s \"\"q\"\"\",j\n"
                + "1,2,0.1,true,2023-04-25T13:30:00.123456+00:00,\"a,\"\"b\"\"\",\"{\"\"a\"\":1}\"\n"
                + ",,NaN,false,,\"\",\n"
                + ",,-Infinity,,,\" x\",\"[\n]\"\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1}|{\"a\":1}",
        " [ 1 , -2.5e+3, true,false , null ] |[1,-2.5e+3,true,false,null]",
        "\"\\u00e9\\n\"|\"\\u00e9\\n\"",
        "{\"a\" : { } , \"b\":[]}|{\"a\":{},\"b\":[]}",
        "0|0",
        "01|\"01\"",
        "1.|\"1.\"",
        "{\"a\":1}x|\"{\\\"a\\\":1}x\"",
        "{\"a\"}|\"{\\\"a\\\"}\"",
        "{a:1}|\"{a:1}\"",
        "[1,]|\"[1,]\"",
        "nul|\"nul\"",
        "\"\\x\"|\"\\\"\\\\x\\\"\"",
        "\"a|\"\\\"a\"",
      })
  void jsonIsCopiedWithoutBlanksAndAnythingElseIsAString(String text, String expected) {
    TextBuffer out = new TextBuffer();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    new JsonTexts(out).putJson(bytes, 0, bytes.length);
    assertThat(text(out)).isEqualTo(expected);
  }

  private static String text(TextBuffer out) {
    return new String(out.bytes(), 0, out.size(), StandardCharsets.UTF_8);
  }

  @Test
  void numbersAndTimesAreReadBackTheSame() {
    Random random = new Random(4);
    for (int i = 0; i < 200_000; i++) {
      TextBuffer out = new TextBuffer();
      double value =
          switch (i % 4) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt() / 100.0;
            case 2 -> random.nextDouble() * Math.pow(10, random.nextInt(30) - 15);
            default -> random.nextLong();
          };
      out.putDouble(value);
      assertThat(Double.valueOf(text(out))).isEqualTo(Double.valueOf(value));
      long whole = random.nextLong() >> random.nextInt(64);
      out.shrink(0);
      out.putLong(whole);
      assertThat(text(out)).isEqualTo(Long.toString(whole));
      out.shrink(0);
      long micros = whole >> 8;
      out.putTime(micros);
      assertThat(java.time.OffsetDateTime.parse(text(out)).toInstant())
          .isEqualTo(java.time.Instant.EPOCH.plus(micros, java.time.temporal.ChronoUnit.MICROS));
    }
    for (double value :
        new double[] {0.0, -0.0, 0.1, 1e15, 100, 1e-9, 123456.789, 9007199254740994.0}) {
      TextBuffer out = new TextBuffer();
      out.putDouble(value);
      assertThat(Double.valueOf(text(out))).isEqualTo(Double.valueOf(value));
    }
  }

  private static List<Object[]> rows(int count) {
    Random random = new Random(8);
    List<Object[]> rows = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      Object[] row =
          row(
              (long) n,
              random.nextInt(),
              random.nextInt(1000) / 8.0,
              random.nextBoolean(),
              1_600_000_000_000_000L + random.nextInt(1_000_000_000) * 1000L,
              (n % 3 == 0 ? "common text, " : "\"ünïcödé\"\n")
                  + Integer.toString(random.nextInt(100_000), 36),
              "{\"n\":" + random.nextInt(50) + ",\"deep\":[\"a\",null]}");
      for (int c = 1; c < row.length; c++) {
        row[c] = random.nextInt(10) == 0 ? null : row[c];
      }
      rows.add(row);
    }
    return rows;
  }

  /** As text that both sides are brought to. */
  private static List<String> expected(List<Object[]> rows) {
    return rows.stream().map(Arrays::toString).toList();
  }

  private List<String> byDuckDb(String from) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT n, i, d, b, epoch_us(t), \"s \"\"q\"\"\", j::VARCHAR FROM "
                    + from
                    + " ORDER BY n")) {
      while (found.next()) {
        Object[] row = new Object[COLUMNS.size()];
        for (int c = 0; c < row.length; c++) {
          row[c] = found.getObject(c + 1);
        }
        rows.add(Arrays.toString(row));
      }
    }
    return rows;
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @ParameterizedTest
  @EnumSource(ExportFormat.Codec.class)
  void anIndependentReaderFindsTheRowsOfAParquetFileWhateverItsCodec(ExportFormat.Codec codec)
      throws Exception {
    List<Object[]> rows = rows(9_000);
    byte[] bytes = encode(new ExportFormat(ExportFormat.Kind.PARQUET, codec), rows, 512);
    Path file = file("a.parquet", bytes);

    assertThat(byDuckDb("read_parquet('" + file + "')")).isEqualTo(expected(rows));
    assertThat(compressions(file)).containsOnly(duckDbName(codec));
    assertThat(encode(new ExportFormat(ExportFormat.Kind.PARQUET, codec), rows, 100))
        .isEqualTo(bytes);
  }

  private static String duckDbName(ExportFormat.Codec codec) {
    return switch (codec) {
      case NONE -> "UNCOMPRESSED";
      case LZ4 -> "LZ4_RAW";
      case GZIP, BROTLI, ZSTD, SNAPPY -> codec.name();
    };
  }

  private static List<String> compressions(Path file) throws Exception {
    List<String> names = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT compression FROM parquet_metadata('" + file + "')")) {
      while (found.next()) {
        names.add(found.getString(1));
      }
    }
    return names;
  }

  @ParameterizedTest
  @EnumSource(
      value = ExportFormat.Codec.class,
      names = {"NONE", "GZIP", "BROTLI", "ZSTD"})
  void anIndependentReaderFindsTheRowsOfTextWhateverItsCodec(ExportFormat.Codec codec)
      throws Exception {
    List<Object[]> rows = rows(9_000);
    for (ExportFormat.Kind kind : List.of(ExportFormat.Kind.JSON_LINES, ExportFormat.Kind.CSV)) {
      ExportFormat format = new ExportFormat(kind, codec);
      byte[] bytes = encode(format, rows, 512);
      byte[] plain = decompressed(codec, bytes);
      assertThat(plain)
          .isEqualTo(encode(new ExportFormat(kind, ExportFormat.Codec.NONE), rows, 512));
      assertThat(encode(format, rows, 100)).isEqualTo(bytes);
      String read =
          kind == ExportFormat.Kind.CSV
              ? "read_csv('%s', header=true, allow_quoted_nulls=false, columns=%s)"
              : "read_json('%s', format='newline_delimited', columns=%s)";
      String suffix = codec == ExportFormat.Codec.GZIP ? ".gz" : "";
      Path file = file("a" + suffix, suffix.isEmpty() ? plain : bytes);
      assertThat(byDuckDb(read.formatted(file, DUCKDB_COLUMNS))).isEqualTo(expected(rows));
    }
  }

  private static byte[] decompressed(ExportFormat.Codec codec, byte[] bytes) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    return switch (codec) {
      case GZIP -> new GZIPInputStream(in).readAllBytes();
      case BROTLI -> new BrotliInputStream(in).readAllBytes();
      case ZSTD -> new ZstdInputStream(in).readAllBytes();
      case NONE, SNAPPY, LZ4 -> bytes;
    };
  }
}
