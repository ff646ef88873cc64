package io.penstock.control.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.control.export.DestinationException;
import io.penstock.control.export.ExportDestination;
import io.penstock.control.export.ExportTables;
import io.penstock.control.job.TableRef;
import io.penstock.control.store.TestTables;
import io.penstock.locals3.LocalS3;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnStatistics;
import io.penstock.spec.ColumnType;
import io.penstock.spec.JobFolder;
import io.penstock.spec.PartitionFile;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.S3Access;
import io.penstock.spec.S3Credentials;
import io.penstock.spec.SecretBox;
import io.penstock.spec.SpecJson;
import io.penstock.spec.TaskCounts;
import io.penstock.spec.TaskRecord;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.export.BegunUpload;
import io.penstock.spec.export.Destination;
import io.penstock.spec.export.ExportFolder;
import io.penstock.spec.export.ExportPlan;
import io.penstock.spec.export.ExportedFile;
import io.penstock.spec.export.FileNames;
import io.penstock.spec.export.TableColumn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What exports need of Iceberg and S3, on a real PostgreSQL and a real S3 server. */
final class IcebergExportsTest {
  private static final Instant START = Instant.parse("2023-01-01T00:00:00Z");

  private static final ExportDestination.Completion GONE =
      new ExportDestination.Completion.NoSuchUpload();

  @TempDir static Path folder;
  private static LocalS3 s3;
  private static StorageAccess access;
  private static TestTables opened;
  private static IcebergTables tables;
  private static IcebergExports exports;

  @BeforeAll
  static void open() throws Exception {
    Files.createDirectories(folder.resolve("penstock"));
    s3 = LocalS3.start(folder, 0, "key", "secret");
    access =
        new StorageAccess(
            Optional.of(s3.endpoint()), "us-east-1", true, "penstock", "", "key", "secret");
    opened = TestTables.open(access);
    tables = opened.tables();
    exports = new IcebergExports(tables, access);
  }

  @AfterAll
  static void close() {
    opened.close();
    s3.close();
  }

  private static TableRef table(String name) {
    return new TableRef(UUID.randomUUID(), "exported", UUID.randomUUID(), name);
  }

  private static List<ColumnSpec> columns() {
    return List.of(
        new ColumnSpec(
            "at",
            0,
            ColumnType.TIMESTAMP,
            new ColumnSource.Field("at"),
            Optional.of(new TimeFormat.Iso8601()),
            Optional.empty(),
            Optional.empty(),
            List.of()),
        new ColumnSpec(
            "items",
            0,
            ColumnType.INT32,
            new ColumnSource.Field("items"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of()));
  }

  /** Publishes a file of an hour's rows. */
  private static void publish(TableRef table, int task, int hour) {
    Instant first = START.plus(Duration.ofHours(hour));
    Instant last = first.plus(Duration.ofHours(1)).minus(1, ChronoUnit.MICROS);
    PartitionFile file =
        new PartitionFile(
            tables.dataPrefix(table) + hour + ".parquet",
            10,
            1000 + hour,
            "",
            first,
            last,
            List.of(4L),
            List.of(
                new ColumnStatistics(
                    1, 10, 0, 0, 100, Optional.of(micros(first)), Optional.of(micros(last)))));
    long unused =
        tables.publish(
            table,
            UUID.randomUUID(),
            List.of(
                new TaskRecord(
                    TaskRecord.VERSION,
                    new PlannedTask(task, List.of(new PlannedObject("in", "\"e\"", 1))),
                    new TaskCounts(10, 10, 0, 0, 1, 1, 1),
                    List.of(file),
                    Optional.empty(),
                    List.of(),
                    List.of())));
  }

  private static String micros(Instant at) {
    return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at));
  }

  private static List<Long> bytes(ExportPlan plan) {
    return plan.files().stream().map(ExportPlan.TableFile::bytes).toList();
  }

  @Test
  void filesThatCanHoldRowsOfTheIntervalArePlannedInTheOrderOfTheirSnapshots() {
    TableRef table = table("hourly");
    assertThat(exports.columns(table)).isEmpty();
    assertThat(exports.plan(table, "at", Optional.empty(), START).plan().files()).isEmpty();
    var unused = tables.prepare(table, columns());
    assertThat(exports.plan(table, "at", Optional.empty(), START).plan().snapshot()).isEmpty();
    for (int hour : new int[] {2, 0, 1}) {
      publish(table, 0, hour);
    }

    Instant one = START.plusSeconds(3600);
    ExportTables.Planned planned =
        exports.plan(table, "at", Optional.of(one), START.plusSeconds(3 * 3600));
    ExportPlan plan = planned.plan();

    assertThat(bytes(plan)).containsExactly(1002L, 1001L);
    assertThat(plan.snapshot()).isPresent();
    assertThat(plan.files().get(0).key()).startsWith("tables/").endsWith("/2.parquet");
    assertThat(plan.rowsInFiles()).isEqualTo(20);
    assertThat(planned.rows()).hasValue(20);
    ExportTables.Planned moment = exports.plan(table, "at", Optional.empty(), START.plusNanos(1));
    assertThat(bytes(moment.plan())).containsExactly(1000L);
    assertThat(moment.rows()).as("the file has rows of other times too").isEmpty();
    assertThat(
            exports
                .plan(table, "at", Optional.of(one.plusNanos(1000)), START.plusSeconds(9999))
                .rows())
        .isEmpty();
    assertThat(exports.plan(table, "at", Optional.empty(), START).plan().files()).isEmpty();
    assertThat(exports.planAll(table).rows()).hasValue(30);
    assertThat(bytes(exports.planAll(table).plan())).containsExactly(1002L, 1000L, 1001L);
    assertThat(exports.columns(table))
        .containsExactly(
            new TableColumn("at", 1, ColumnType.TIMESTAMP),
            new TableColumn("items", 2, ColumnType.INT32));
  }

  @Test
  void aColumnThatIsNoTimeIsRefusedByName() {
    TableRef table = table("refused");
    var unused = tables.prepare(table, columns());
    assertThatThrownBy(() -> exports.plan(table, "items", Optional.empty(), START))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has no timestamp column items");
  }

  @Test
  void aPlanIsFrozenAndNotesOfUploadsAreFound() throws Exception {
    ExportFolder job = new ExportFolder(new JobFolder("system/jobs/", UUID.randomUUID()), 2);
    ExportPlan plan =
        new ExportPlan(
            1, OptionalLong.of(5), List.of(new ExportPlan.TableFile("t/a.parquet", 1, 2)));
    ExportPlan later = new ExportPlan(1, OptionalLong.of(6), List.of());
    try (S3ExportFolders folders = new S3ExportFolders(access);
        S3Client client = S3Clients.of(access)) {
      assertThat(folders.writePlan(job, plan)).isEqualTo(plan);
      assertThat(folders.writePlan(job, later)).isEqualTo(plan);
      assertThat(folders.result(job)).isEmpty();
      assertThat(folders.failure(job)).isEmpty();
      assertThat(folders.uploads(job)).isEmpty();
      BegunUpload begun = new BegunUpload("p/a", "id/+");
      client.putObject(
          r -> r.bucket("penstock").key(job.upload("id/+")),
          RequestBody.fromBytes(SpecJson.write(begun)));
      assertThat(folders.uploads(job)).containsExactly(begun);
    }
  }

  @Test
  void uploadsAreCompletedOnceAndObjectsAreBelievedByTheirChecksumOnly() throws Exception {
    String key = SecretBox.newKey();
    Destination destination = destination(SecretBox.of(key), "key", "penstock");
    byte[] content = "{\"n\":1}\n".getBytes(StandardCharsets.UTF_8);
    String name = "out/2023-01-01T00:00:00+00:00-x.jsonl";
    try (S3Client client = S3Clients.of(access);
        ExportDestination bucket = new S3ExportDestinations(SecretBox.of(key)).open(destination)) {
      ExportedFile file = upload(client, name, content);

      assertThat(bucket.find(file)).isEmpty();
      String etag = ((ExportDestination.Completion.Completed) bucket.complete(file)).etag();
      // Some services remember what they have completed.
      assertThat(bucket.complete(file))
          .isIn(GONE, new ExportDestination.Completion.Completed(etag));
      assertThat(bucket.find(file)).contains(etag);

      bucket.put(name, "another".getBytes(StandardCharsets.UTF_8));
      assertThat(bucket.find(file)).isEmpty();
      ExportedFile open = upload(client, name, content);
      bucket.abort(name, open.uploadId());
      bucket.abort(name, open.uploadId());
      assertThat(bucket.complete(open)).isEqualTo(GONE);
      bucket.delete(name);
      bucket.delete(name);
      assertThat(bucket.find(file)).isEmpty();
    }
  }

  @Test
  void whatADestinationRefusesIsToldAsS3SaysIt() throws Exception {
    String key = SecretBox.newKey();
    SecretBox secrets = SecretBox.of(key);
    try (ExportDestination bucket =
        new S3ExportDestinations(secrets).open(destination(secrets, "key", "no-such-bucket"))) {
      assertThatThrownBy(() -> bucket.put("a", new byte[1]))
          .isInstanceOfSatisfying(
              DestinationException.class,
              e -> {
                assertThat(e.code()).isEqualTo("NoSuchBucket");
                assertThat(e.status()).hasValue(404);
              })
          .hasMessageContaining("cannot write s3://no-such-bucket/a");
    }
  }

  private static Destination destination(SecretBox secrets, String accessKey, String bucket) {
    return new Destination(
        new S3Access(
            Optional.of(s3.endpoint().toString()),
            "us-east-1",
            true,
            Optional.of(secrets.seal(new S3Credentials(accessKey, "secret", Optional.empty())))),
        bucket,
        new FileNames("out/", "x", ".jsonl"),
        Optional.empty(),
        OptionalLong.empty(),
        List.of());
  }

  private static ExportedFile upload(S3Client client, String key, byte[] content) throws Exception {
    String id = client.createMultipartUpload(r -> r.bucket("penstock").key(key)).uploadId();
    String etag =
        client
            .uploadPart(
                r -> r.bucket("penstock").key(key).uploadId(id).partNumber(1),
                RequestBody.fromBytes(content))
            .eTag();
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    return new ExportedFile(
        key, 1, content.length, sha256, id, List.of(new ExportedFile.Part(1, etag)));
  }
}
