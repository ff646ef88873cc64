package io.penstock.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SpecJsonTest {
  private static final JobSpec SPEC =
      new JobSpec(
          JobSpec.VERSION,
          UUID.fromString("b7a1f3a0-55c7-4d0a-9f0e-0d6a3f7f8a21"),
          "shop.orders: october",
          2,
          new SourceSpec(
              new S3Access(
                  Optional.of("http://127.0.0.1:9000"),
                  "us-east-1",
                  true,
                  Optional.of(new SealedSecret("c2VhbGVk"))),
              "s3",
              "landing",
              new ObjectSelection.Prefix("orders/"),
              "\\.gz$",
              0,
              1_536_000_000L),
          new TransformSpec(
              new RecordFormat.Csv(
                  ',', Optional.of('"'), Optional.of('"'), Optional.empty(), 1, false),
              Compression.GZIP,
              List.of(
                  new ColumnSpec(
                      "placed_at",
                      1,
                      ColumnType.TIMESTAMP,
                      new ColumnSource.Position(0),
                      Optional.of(new TimeFormat.Epoch(TimeFormat.EpochUnit.MILLISECONDS)),
                      Optional.empty(),
                      Optional.empty(),
                      List.of()),
                  new ColumnSpec(
                      "items",
                      2,
                      ColumnType.INT32,
                      new ColumnSource.Position(1),
                      Optional.empty(),
                      Optional.of(new IntegerRange(0, 255)),
                      Optional.of("1"),
                      List.of("-"))),
              "placed_at",
              List.of("\\N")),
          new SinkSpec(
              new S3Access(Optional.empty(), "eu-central-1", false, Optional.empty()),
              "warehouse",
              "tables/t/data/",
              "system/jobs/",
              new PartitionLimits(1000, Duration.ofMinutes(15), 4),
              3,
              false),
          FailurePolicy.FAIL_TASK);

  /** Savepoints and job records of version 1 hold these bytes; they must be readable for ever. */
  private static final String FROZEN =
      "{\"attempt\":2,\"failurePolicy\":\"FAIL_TASK\",\"jobId\":\"b7a1f3a0-55c7-4d0a-9f0e-0d6a3f7f8a21\","
          + "\"sink\":{\"access\":{\"pathStyle\":false,\"region\":\"eu-central-1\"},\"bucket\":\"warehouse\","
          + "\"dataPrefix\":\"tables/t/data/\",\"dryRun\":false,\"jobsPrefix\":\"system/jobs/\","
          + "\"limits\":{\"maxOpen\":4,\"maxRows\":1000,\"maxSpan\":\"PT15M\"},\"zstdLevel\":3},"
          + "\"source\":{\"access\":{\"credentials\":\"c2VhbGVk\",\"endpoint\":\"http://127.0.0.1:9000\","
          + "\"pathStyle\":true,\"region\":\"us-east-1\"},\"bucket\":\"landing\",\"inputAggregation\":1536000000,"
          + "\"maxObjects\":0,\"regexFilter\":\"\\\\.gz$\",\"selection\":{\"kind\":\"prefix\",\"prefix\":\"orders/\"},"
          + "\"urlScheme\":\"s3\"},\"title\":\"shop.orders: october\",\"transform\":{\"columns\":["
          + "{\"fieldId\":1,\"name\":\"placed_at\",\"nullValues\":[],\"source\":{\"kind\":\"position\",\"index\":0},"
          + "\"timeFormat\":{\"kind\":\"epoch\",\"unit\":\"MILLISECONDS\"},\"type\":\"TIMESTAMP\"},"
          + "{\"defaultValue\":\"1\",\"fieldId\":2,\"name\":\"items\",\"nullValues\":[\"-\"],"
          + "\"range\":{\"max\":255,\"min\":0},\"source\":{\"kind\":\"position\",\"index\":1},\"type\":\"INT32\"}],"
          + "\"compression\":\"GZIP\",\"format\":{\"kind\":\"csv\",\"delimiter\":\",\","
          + "\"escape\":\"\\\"\",\"header\":false,\"quote\":\"\\\"\",\"skipLines\":1},\"nullValues\":[\"\\\\N\"],"
          + "\"timeColumn\":\"placed_at\"},\"version\":1}";

  @Test
  void aSpecIsWrittenAsItAlwaysWas() {
    assertThat(new String(SpecJson.write(SPEC), StandardCharsets.UTF_8)).isEqualTo(FROZEN);
  }

  @Test
  void aSpecIsReadBackEqual() {
    assertThat(SpecJson.read(FROZEN.getBytes(StandardCharsets.UTF_8), JobSpec.class))
        .isEqualTo(SPEC);
  }

  @Test
  void anotherVersionIsRefusedByNumber() {
    String later = FROZEN.replace("\"version\":1}", "\"version\":7}");

    assertThatThrownBy(() -> SpecJson.read(later.getBytes(StandardCharsets.UTF_8), JobSpec.class))
        .hasMessageContaining("version must be 1 but was 7");
  }

  @Test
  void anUnknownFieldIsRefused() {
    String odd = FROZEN.replace("\"version\":1}", "\"version\":1,\"colour\":1}");

    assertThatThrownBy(() -> SpecJson.read(odd.getBytes(StandardCharsets.UTF_8), JobSpec.class))
        .hasMessageContaining("colour");
  }

  /** What a column and a transform can say beside what version 1 began with. */
  @Test
  void rulesAreReadBackEqualAndBelongToTheSameVersion() {
    ColumnSpec element =
        new ColumnSpec(
            "tags",
            0,
            ColumnType.STRING,
            new ColumnSource.None(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("none"),
            List.of("-"),
            Optional.of(new ColumnRules(true, false, Optional.empty(), Optional.empty())));
    ColumnSpec time =
        new ColumnSpec(
            "at",
            1,
            ColumnType.TIMESTAMP,
            new ColumnSource.FirstField(List.of("at", "time")),
            Optional.of(new TimeFormat.Go("2006-01-02")),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.of(
                new ColumnRules(
                    false,
                    false,
                    Optional.of(
                        new TimeLimits(
                            TimeLimits.Precision.MILLISECONDS,
                            Instant.EPOCH,
                            Instant.parse("2106-02-07T06:28:15.999999Z"),
                            true)),
                    Optional.empty())));
    ColumnSpec tags =
        new ColumnSpec(
            "tags",
            2,
            ColumnType.JSON,
            new ColumnSource.Pointers(List.of("/a/0")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.of(
                new ColumnRules(
                    false,
                    true,
                    Optional.empty(),
                    Optional.of(new Elements.Map(element, nested(new Elements.Array(element)))))));
    ColumnSpec file =
        new ColumnSpec(
            "file",
            3,
            ColumnType.STRING,
            new ColumnSource.Automatic(AutomaticValue.INPUT_FILENAME),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    ColumnSpec rest = nested(new Elements.Map(element, element));
    ColumnSpec legacy =
        new ColumnSpec(
            "legacy",
            0,
            ColumnType.TIMESTAMP,
            new ColumnSource.Field("legacy"),
            Optional.of(new TimeFormat.Groups("(?P<year>\\d+)")),
            Optional.empty(),
            Optional.empty(),
            List.of());
    TransformSpec transform =
        new TransformSpec(
            new RecordFormat.NdJson(),
            Compression.NONE,
            List.of(time, tags, file, rest),
            "at",
            List.of(),
            Optional.of(
                new RowRules(
                    List.of(legacy),
                    List.of(new ColumnSource.Field("known")),
                    Optional.of("rest"),
                    Optional.empty())));

    assertThat(SpecJson.read(SpecJson.write(transform), TransformSpec.class)).isEqualTo(transform);
    assertThat(transform.convertedColumns()).containsExactly(time, tags, file, rest, legacy);
  }

  @Test
  void oneLayerOfCompressionIsWrittenAsAlwaysAndSeveralAreAList() {
    TransformSpec one = SPEC.transform();
    TransformSpec two =
        new TransformSpec(
            one.format(),
            List.of(Compression.BZIP2, Compression.GZIP),
            one.columns(),
            one.timeColumn(),
            one.nullValues(),
            one.rowRules());
    String json = new String(SpecJson.write(two), StandardCharsets.UTF_8);

    assertThat(json).contains("\"compression\":[\"BZIP2\",\"GZIP\"]");
    assertThat(SpecJson.read(SpecJson.write(two), TransformSpec.class)).isEqualTo(two);
  }

  @Test
  void smallObjectsMayBecomeLargeAndLargeOnesOnlySoManyTimesLarger() {
    SourceSpec source = SPEC.source();
    SourceSpec bounded =
        new SourceSpec(
            source.access(),
            source.urlScheme(),
            source.bucket(),
            source.selection(),
            source.regexFilter(),
            source.maxObjects(),
            source.inputAggregation(),
            Optional.of(100));

    assertThat(source.maxDecodedBytes(1)).isEqualTo(Long.MAX_VALUE);
    assertThat(bounded.maxDecodedBytes(1)).isEqualTo(64L * 1024 * 1024);
    assertThat(bounded.maxDecodedBytes(1L << 30)).isEqualTo(100L << 30);
    assertThat(bounded.maxDecodedBytes(Long.MAX_VALUE / 2)).isEqualTo(Long.MAX_VALUE);
    assertThat(SpecJson.read(SpecJson.write(bounded), SourceSpec.class)).isEqualTo(bounded);
  }

  @Test
  void nowIsWhenATaskWasPlannedIfItSaysSo() {
    TimeLimits limits =
        new TimeLimits(
            TimeLimits.Precision.SECONDS,
            Instant.EPOCH,
            Instant.parse("2100-01-01T00:00:00Z"),
            true,
            Optional.empty(),
            Optional.of(Duration.ofDays(2)));
    ColumnSpec time =
        new ColumnSpec(
            "at",
            1,
            ColumnType.TIMESTAMP,
            new ColumnSource.Field("at"),
            Optional.of(new TimeFormat.Iso8601()),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.of(new ColumnRules(false, false, Optional.of(limits), Optional.empty())));
    TransformSpec transform =
        new TransformSpec(
            new RecordFormat.NdJson(), Compression.AUTO, List.of(time), "at", List.of());
    PlannedTask task =
        new PlannedTask(
            7, List.of(new PlannedObject("k", "e", 1)), Instant.parse("2026-03-01T00:00:00Z"));

    assertThat(limits.latest()).isEqualTo(limits.last());
    TimeLimits planned =
        SpecJson.read(SpecJson.write(transform), TransformSpec.class)
            .plannedAt(task.plannedAt().orElseThrow())
            .columns()
            .get(0)
            .effectiveRules()
            .timeLimits()
            .orElseThrow();
    assertThat(planned.latest()).isEqualTo(Instant.parse("2026-03-03T00:00:00Z"));
    assertThat(SpecJson.read(SpecJson.write(task), PlannedTask.class)).isEqualTo(task);
  }

  @Test
  void arrivalsAreWrittenAsTheyAlwaysWere() {
    String json =
        new String(SpecJson.write(new ObjectSelection.Arrivals()), StandardCharsets.UTF_8);

    assertThat(json).isEqualTo("{\"kind\":\"arrivals\"}");
    assertThat(SpecJson.read(json.getBytes(StandardCharsets.UTF_8), ObjectSelection.class))
        .isEqualTo(new ObjectSelection.Arrivals());
  }

  private static ColumnSpec nested(Elements elements) {
    return new ColumnSpec(
        "rest",
        0,
        ColumnType.JSON,
        new ColumnSource.None(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.of(new ColumnRules(false, true, Optional.empty(), Optional.of(elements))));
  }

  @Test
  void whatCameLaterIsWrittenOnlyWhereItIsUsedAndCanBeReadAgain() {
    PlannedTask reading = new PlannedTask(0, List.of(new PlannedObject("a", "e", 1)));
    PlannedTask merging = PlannedTask.merging(1, reading.objects());
    PartitionLimits sorted =
        new PartitionLimits(1, Duration.ofDays(1), 1, Optional.empty(), List.of("city"));
    TransformSpec rolledUp = SPEC.transform().withRollup(new Rollup(List.of()));

    assertThat(text(reading)).doesNotContain("merges");
    assertThat(text(SPEC)).doesNotContain("rollup").doesNotContain("sortColumns");
    assertThat(SpecJson.read(SpecJson.write(merging), PlannedTask.class)).isEqualTo(merging);
    assertThat(SpecJson.read(SpecJson.write(sorted), PartitionLimits.class)).isEqualTo(sorted);
    assertThat(SpecJson.read(SpecJson.write(rolledUp), TransformSpec.class)).isEqualTo(rolledUp);
  }

  private static String text(Object value) {
    return new String(SpecJson.write(value), StandardCharsets.UTF_8);
  }

  @Test
  void aMeasureMustBeANumberAndNotTheTime() {
    assertThatThrownBy(
            () ->
                SPEC.transform()
                    .withRollup(
                        new Rollup(List.of(new Rollup.Measure("placed_at", Rollup.Function.MAX)))))
        .hasMessage("MAX of placed_at must not be of type TIMESTAMP");
    assertThatThrownBy(
            () ->
                SPEC.transform()
                    .withRollup(
                        new Rollup(List.of(new Rollup.Measure("none", Rollup.Function.SUM)))))
        .hasMessage("no column is the measure none");
  }
}
