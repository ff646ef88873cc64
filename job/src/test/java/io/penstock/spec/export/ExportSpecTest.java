package io.penstock.spec.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spec.ColumnType;
import io.penstock.spec.Encryption;
import io.penstock.spec.S3Access;
import io.penstock.spec.SealedSecret;
import io.penstock.spec.SpecJson;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ExportSpecTest {
  private static final Expression EVENT = new Expression.Input(1, ValueType.VARCHAR);
  private static final S3Access ACCESS =
      new S3Access(
          Optional.of("http://127.0.0.1:9000"),
          "us-east-1",
          true,
          Optional.of(new SealedSecret("c2VhbGVk")));
  private static final ExportQuery QUERY =
      new ExportQuery(
          List.of(
              new TableColumn("timestamp", 2, ColumnType.TIMESTAMP),
              new TableColumn("event", 3, ColumnType.STRING),
              new TableColumn("items", 4, ColumnType.INT32)),
          Optional.of(
              new ExportQuery.Interval(0, Optional.empty(), Instant.parse("2023-01-01T01:00:00Z"))),
          Optional.of(
              new Expression.Call(ScalarFunction.IS_NOT_NULL, List.of(EVENT), ValueType.BOOLEAN)),
          List.of(
              new ExportQuery.Output("event", EVENT),
              new ExportQuery.Output("items", new Expression.Input(2, ValueType.BIGINT))));
  private static final ExportSpec SPEC =
      new ExportSpec(
          ExportSpec.VERSION,
          UUID.fromString("b7a1f3a0-55c7-4d0a-9f0e-0d6a3f7f8a21"),
          "hourly events",
          1,
          ACCESS,
          "warehouse",
          "system/jobs/",
          QUERY,
          new ExportFormat(ExportFormat.Kind.JSON_LINES, ExportFormat.Codec.GZIP),
          new Destination(
              ACCESS,
              "lake-out",
              new FileNames("x/", "a-b", ".jsonl.gz"),
              Optional.of(new Encryption("aws:kms", Optional.of("k"))),
              OptionalLong.of(1024),
              List.of(1)));

  /** Job records of version 1 hold these bytes; they must be readable for ever. */
  private static final String FROZEN =
      "{\"attempt\":1,\"bucket\":\"warehouse\",\"destination\":{\"access\":{\"credentials\":\"c2VhbGVk\","
          + "\"endpoint\":\"http://127.0.0.1:9000\",\"pathStyle\":true,\"region\":\"us-east-1\"},"
          + "\"bucket\":\"lake-out\",\"encryption\":{\"algorithm\":\"aws:kms\",\"kmsKeyId\":\"k\"},"
          + "\"maxFileBytes\":1024,\"names\":{\"name\":\"a-b\",\"prefix\":\"x/\",\"suffix\":\".jsonl.gz\"},"
          + "\"partitionBy\":[1]},\"format\":{\"codec\":\"GZIP\",\"kind\":\"JSON_LINES\"},"
          + "\"jobId\":\"b7a1f3a0-55c7-4d0a-9f0e-0d6a3f7f8a21\",\"jobsPrefix\":\"system/jobs/\","
          + "\"query\":{\"columns\":[{\"fieldId\":2,\"name\":\"timestamp\",\"type\":\"TIMESTAMP\"},"
          + "{\"fieldId\":3,\"name\":\"event\",\"type\":\"STRING\"},{\"fieldId\":4,\"name\":\"items\",\"type\":\"INT32\"}],"
          + "\"filter\":{\"kind\":\"call\",\"arguments\":[{\"kind\":\"input\",\"index\":1,\"type\":\"VARCHAR\"}],"
          + "\"function\":\"IS_NOT_NULL\",\"type\":\"BOOLEAN\"},"
          + "\"interval\":{\"end\":\"2023-01-01T01:00:00Z\",\"timeColumn\":0},"
          + "\"outputs\":[{\"name\":\"event\",\"value\":{\"kind\":\"input\",\"index\":1,\"type\":\"VARCHAR\"}},"
          + "{\"name\":\"items\",\"value\":{\"kind\":\"input\",\"index\":2,\"type\":\"BIGINT\"}}]},"
          + "\"storage\":{\"credentials\":\"c2VhbGVk\",\"endpoint\":\"http://127.0.0.1:9000\",\"pathStyle\":true,"
          + "\"region\":\"us-east-1\"},\"title\":\"hourly events\",\"version\":1}";

  @Test
  void aSpecificationIsWrittenAsItAlwaysWasAndReadBackTheSame() {
    assertThat(new String(SpecJson.write(SPEC), StandardCharsets.UTF_8)).isEqualTo(FROZEN);
    assertThat(SpecJson.read(FROZEN.getBytes(StandardCharsets.UTF_8), ExportSpec.class))
        .isEqualTo(SPEC);
  }

  @Test
  void planResultAndFailureAreReadBackTheSame() {
    String sha256 = "0".repeat(64);
    ExportPlan plan =
        new ExportPlan(
            1, OptionalLong.of(7), List.of(new ExportPlan.TableFile("t/a.parquet", 3, 9)));
    ExportResult result =
        new ExportResult(
            1,
            2,
            5,
            3,
            0,
            List.of(
                new ExportedFile(
                    "x/a-0", 2, 9, sha256, "u", List.of(new ExportedFile.Part(1, "e")))));
    ExportFailure failure =
        new ExportFailure(
            1,
            ExportFailure.Kind.DESTINATION,
            true,
            OptionalInt.of(404),
            "NoSuchBucket",
            "gone",
            Instant.EPOCH);
    for (Object value : List.of(plan, result, failure, new BegunUpload("k", "u"))) {
      assertThat((Object) SpecJson.read(SpecJson.write(value), value.getClass())).isEqualTo(value);
    }
    assertThat(result.rowsWritten()).isEqualTo(2);
  }

  @Test
  void keysAreThoseOfTheContract() {
    FileNames names = new FileNames("nested/prefix/", "N", ".jsonl.gz");
    assertThat(names.file("", OptionalInt.empty())).isEqualTo("nested/prefix/N.jsonl.gz");
    assertThat(names.file("event=a/", OptionalInt.of(2)))
        .isEqualTo("nested/prefix/event=a/N-2.jsonl.gz");
    assertThat(names.manifest()).isEqualTo("nested/prefix/N_manifest.json");
    assertThat(new FileNames("", "N", ".jsonl").file("", OptionalInt.of(0))).isEqualTo("N-0.jsonl");
  }

  @Test
  void anOutputThatIsAColumnKeepsItsType() {
    assertThat(QUERY.typeOf(QUERY.outputs().get(1))).isEqualTo(ColumnType.INT32);
    assertThat(QUERY.typeOf(QUERY.outputs().get(0))).isEqualTo(ColumnType.STRING);
  }

  @Test
  void whatDoesNotAddUpIsNoResult() {
    assertThatThrownBy(() -> new ExportResult(1, 1, 5, 3, 0, List.of()))
        .hasMessage(
            "rows read must be filtered or written but 5 were read, 3 filtered and 0 written");
    assertThatThrownBy(
            () -> new ExportFormat(ExportFormat.Kind.JSON_LINES, ExportFormat.Codec.SNAPPY))
        .hasMessageContaining("codec of JSON_LINES must be one of");
  }
}
