package io.penstock.control.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spec.ColumnType;
import io.penstock.spec.S3Access;
import io.penstock.spec.SealedSecret;
import io.penstock.spec.export.Destination;
import io.penstock.spec.export.ExportFormat;
import io.penstock.spec.export.ExportQuery;
import io.penstock.spec.export.ExportResult;
import io.penstock.spec.export.ExportSpec;
import io.penstock.spec.export.ExportedFile;
import io.penstock.spec.export.FileNames;
import io.penstock.spec.export.TableColumn;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExportPublisherTest {
  private static final UUID RUN = UUID.fromString("0199a6f0-0000-7000-8000-000000000001");
  private static final S3Access ACCESS =
      new S3Access(Optional.empty(), "us-east-1", true, Optional.of(new SealedSecret("c2VhbGVk")));
  private static final ExportSpec SPEC =
      new ExportSpec(
          ExportSpec.VERSION,
          UUID.fromString("b7a1f3a0-55c7-4d0a-9f0e-0d6a3f7f8a21"),
          "export",
          1,
          ACCESS,
          "warehouse",
          "jobs/",
          new ExportQuery(
              List.of(new TableColumn("n", 1, ColumnType.INT64)),
              Optional.empty(),
              Optional.empty(),
              List.of(new ExportQuery.Output("n", new Expression.Input(0, ValueType.BIGINT)))),
          new ExportFormat(ExportFormat.Kind.CSV, ExportFormat.Codec.NONE),
          new Destination(
              ACCESS,
              "lake-out",
              new FileNames("p/", "a", ".csv"),
              Optional.empty(),
              OptionalLong.of(10),
              List.of()));
  private static final String MANIFEST =
      "{\"bytes\":9,\"files\":[\"p/a-0.csv\",\"p/a-1.csv\",\"p/a-2.csv\"],\"rows\":3,"
          + "\"run_id\":\"0199a6f0-0000-7000-8000-000000000001\"}";
  private static final Map<String, String> PUBLISHED =
      Map.of(
          "p/a-0.csv", "one",
          "p/a-1.csv", "two",
          "p/a-2.csv", "333",
          "p/a_manifest.json", MANIFEST,
          "other", "kept");

  private static ExportResult result(ExportedFile... files) {
    return new ExportResult(ExportResult.VERSION, 1, files.length, 0, 0, List.of(files));
  }

  private static ExportResult threeFiles(FakeBucket bucket) {
    bucket.putObject("other", "kept");
    bucket.putObject("p/a-1.csv", "of an earlier run");
    bucket.putObject("p/a-3.csv", "of an earlier run");
    ExportedFile given = bucket.upload("p/a-0.csv", "given up");
    assertThat(given.rows()).isEqualTo(1);
    return result(
        bucket.upload("p/a-0.csv", "one"),
        bucket.upload("p/a-1.csv", "two"),
        bucket.upload("p/a-2.csv", "333"));
  }

  private static ExportPublisher.Outcome publish(FakeBucket bucket, ExportResult result)
      throws IOException {
    return new ExportPublisher(bucket, destination -> bucket)
        .publish(SPEC, result, RUN, true, Set.of("p/a-1.csv", "p/a-3.csv", "p/a_manifest.json"));
  }

  @Test
  void filesBecomeVisibleThenTheManifestAndNothingElseIsLeft() throws IOException {
    FakeBucket bucket = new FakeBucket();

    ExportPublisher.Outcome outcome = publish(bucket, threeFiles(bucket));

    assertThat(outcome.published()).isTrue();
    assertThat(outcome.files())
        .extracting(ExportPublisher.VisibleFile::etag)
        .containsExactly("\"one\"", "\"two\"", "\"333\"");
    assertThat(outcome.undeleted()).isEmpty();
    assertThat(bucket.objects()).isEqualTo(PUBLISHED);
    assertThat(bucket.openUploads()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void dyingAtAnyStepAndDoingItAgainComesToTheSame(boolean happens) throws IOException {
    int deaths = 0;
    for (int step = 0; step < 12; step++) {
      FakeBucket bucket = new FakeBucket();
      ExportResult result = threeFiles(bucket);
      bucket.dieAt(step, happens);
      try {
        ExportPublisher.Outcome first = publish(bucket, result);
        // A deletion that fails does not end it.
        assertThat(first.undeleted().isEmpty()).isEqualTo(!bucket.died());
      } catch (IOException e) {
        assertThat(e).hasMessage("died");
        deaths++;
      }
      if (bucket.objects().containsKey("p/a_manifest.json")) {
        assertThat(bucket.objects()).containsKeys("p/a-0.csv", "p/a-1.csv", "p/a-2.csv");
      }
      bucket.liveOn();

      ExportPublisher.Outcome outcome = publish(bucket, result);

      assertThat(outcome.published()).as("after death at step %d", step).isTrue();
      assertThat(bucket.objects()).isEqualTo(PUBLISHED);
      assertThat(bucket.openUploads()).isZero();
    }
    assertThat(deaths).isGreaterThan(4);
  }

  @Test
  void uploadsThatAreGoneAreToldAndNoManifestIsWritten() throws IOException {
    FakeBucket bucket = new FakeBucket();
    ExportResult result = threeFiles(bucket);
    bucket.loseUploads();

    ExportPublisher.Outcome outcome = publish(bucket, result);

    assertThat(outcome.published()).isFalse();
    assertThat(outcome.lost()).containsExactly("p/a-0.csv", "p/a-1.csv", "p/a-2.csv");
    assertThat(bucket.objects()).doesNotContainKey("p/a_manifest.json");
  }

  @Test
  void whatMayNotBeDeletedIsNamed() throws IOException {
    FakeBucket bucket = new FakeBucket();
    bucket.denyDeleting();

    ExportPublisher.Outcome outcome = publish(bucket, threeFiles(bucket));

    assertThat(outcome.published()).isTrue();
    assertThat(outcome.undeleted()).containsExactly("p/a-3.csv");
    assertThat(bucket.objects()).containsAllEntriesOf(PUBLISHED);
  }

  @Test
  void aRunWithoutRowsTakesAwayWhatItReplacesAndWritesNothing() throws IOException {
    FakeBucket bucket = new FakeBucket();
    bucket.putObject("p/a-1.csv", "of an earlier run");
    bucket.putObject("p/a_manifest.json", "of an earlier run");

    ExportPublisher.Outcome outcome = publish(bucket, result());

    assertThat(outcome.published()).isTrue();
    assertThat(bucket.objects()).isEmpty();
  }

  @Test
  void anAttemptThatIsNotTheRunsLeavesNothing() throws IOException {
    FakeBucket bucket = new FakeBucket();
    bucket.upload("p/a-0.csv", "one");
    bucket.upload("p/a-1.csv", "two");

    int aborted = new ExportPublisher(bucket, destination -> bucket).abandon(SPEC);

    assertThat(aborted).isEqualTo(2);
    assertThat(bucket.openUploads()).isZero();
    assertThat(bucket.objects()).isEmpty();
  }
}
