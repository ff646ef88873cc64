package io.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of other writers, over HTTP, compared with what DuckDB reads of them. */
final class FormatsITCase {
  private static final int ROWS = 100_000;

  @TempDir static Path folder;
  private static PenstockProcess penstock;
  private static PolarisProject project;
  private static Path source;

  @BeforeAll
  static void start() throws Exception {
    penstock = PenstockProcess.start(folder.resolve("data"));
    project = PolarisProject.make(penstock, folder.resolve("data"), "p_formats");
    source = folder.resolve("source.parquet");
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(
          """
          COPY (SELECT n AS id, TIMESTAMPTZ '2024-06-01 00:00:00+00' + to_milliseconds(n * 700) AS at,
              CASE WHEN n %% 7 = 0 THEN NULL ELSE 'city ' || (n %% 100) END AS city,
              n / 8.0::DOUBLE AS km, (n / 4)::DECIMAL(12,2) AS price, repeat('x', 100) AS unwanted
            FROM range(%d) r(n)) TO '%s' (FORMAT PARQUET, ROW_GROUP_SIZE 10000)"""
              .formatted(ROWS, source));
    }
  }

  @AfterAll
  static void stop() {
    penstock.kill();
  }

  private static String load(String table, String name, String settings) throws Exception {
    return project.submit(
        """
        {'type': 'batch', 'target': {'type': 'table', 'tableName': '%s'},
         'createTableIfNotExists': true, 'partitionedBy': 'day', 'maxParseExceptions': 0,
         'source': {'type': 's3', 'connectionName': 'raw', 'objects': ['%s'], %s
           'inputSchema': [{'name': 'at', 'dataType': 'timestamp'},
             {'name': 'id', 'dataType': 'long'}, {'name': 'city', 'dataType': 'string'},
             {'name': 'km', 'dataType': 'double'}, {'name': 'price', 'dataType': 'string'},
             {'name': 'absent', 'dataType': 'long'}]},
         'filterExpression': 'id < 99990',
         'mappings': [{'columnName': '__time', 'expression': '\\'at\\''},
           {'columnName': 'id', 'expression': 'id'},
           {'columnName': 'city', 'expression': 'UPPER(city)'},
           {'columnName': 'km', 'expression': 'km * 2'},
           {'columnName': 'price', 'expression': 'price'},
           {'columnName': 'absent', 'expression': 'absent'}]}"""
            .formatted(table, name, settings));
  }

  private static final String SHOWN = "|| '|' || coalesce(%s::VARCHAR, '-')";

  private static void assertLoaded(String job) throws Exception {
    project.awaited(job, "completed");
    String loaded =
        "SELECT id "
            + SHOWN.formatted("epoch_ms(\"__time\")")
            + SHOWN.formatted("city")
            + SHOWN.formatted("km")
            + SHOWN.formatted("price")
            + SHOWN.formatted("absent")
            + " FROM "
            + project.files(job)
            + " ORDER BY id";
    String expected =
        "SELECT id "
            + SHOWN.formatted("epoch_ms(\"at\")")
            + SHOWN.formatted("upper(city)")
            + SHOWN.formatted("(km * 2)")
            + SHOWN.formatted("price")
            + "|| '|-' FROM read_parquet('%s') WHERE id < 99990 ORDER BY id".formatted(source);
    assertThat(PolarisProject.sql(loaded)).isEqualTo(PolarisProject.sql(expected));
    JsonNode totals = project.metrics(job);
    assertThat(totals.path("numRowsPersisted").asInt()).isEqualTo(99_990);
    assertThat(totals.path("numRowsSkippedByFilter").asInt()).isEqualTo(10);
    assertThat(totals.path("numRowsProcessedWithWarning").asInt()).isZero();
  }

  @Test
  void aParquetFileOfDuckDbIsLoadedAsDuckDbReadsIt() throws Exception {
    penstock.put("in/a.parquet", Files.readAllBytes(source));

    assertLoaded(load("of_parquet", "in/a.parquet", ""));
  }

  @Test
  void anAvroFileIsLoadedAsItsRowsAre() throws Exception {
    penstock.put("in/a.avro", avro());

    assertLoaded(load("of_avro", "in/a.avro", "'formatSettings': {'format': 'avro_ocf'},"));
  }

  @Test
  void aDamagedFileFailsTheJobAndIsNamed() throws Exception {
    byte[] whole = Files.readAllBytes(source);
    penstock.put("in/cut.parquet", Arrays.copyOf(whole, whole.length - 10));

    JsonNode job = project.awaited(load("cut", "in/cut.parquet", ""), "failed");

    assertThat(job.at("/health/code").asText()).isEqualTo("cannot_parse_source");
    assertThat(job.at("/health/message").asText())
        .contains("s3://landing/in/cut.parquet")
        .contains("it does not end as a Parquet file does");
  }

  /** The same rows, by Avro's own writer. */
  private static byte[] avro() throws Exception {
    Schema at =
        org.apache.avro.LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
    Schema schema =
        SchemaBuilder.record("ride")
            .fields()
            .requiredLong("id")
            .name("at")
            .type(at)
            .noDefault()
            .optionalString("city")
            .requiredDouble("km")
            .requiredString("price")
            .requiredString("unwanted")
            .endRecord();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT id, epoch_ms(\"at\"), city, km, price::VARCHAR, unwanted FROM '%s' ORDER BY id"
                    .formatted(source));
        DataFileWriter<GenericRecord> writer =
            new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      writer.setCodec(CodecFactory.deflateCodec(6));
      writer.create(schema, bytes);
      List<Schema.Field> fields = schema.getFields();
      while (rows.next()) {
        GenericRecord record = new GenericData.Record(schema);
        for (int i = 0; i < fields.size(); i++) {
          record.put(i, rows.getObject(i + 1));
        }
        writer.append(record);
      }
    }
    return bytes.toByteArray();
  }
}
