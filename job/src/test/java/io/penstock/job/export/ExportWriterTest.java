package io.penstock.job.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.job.s3.ForwardingStore;
import io.penstock.job.s3.ObjectStore;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.spec.TaskFailure.FailureCode;
import io.penstock.spec.export.BegunUpload;
import io.penstock.spec.export.ExportFailure;
import io.penstock.spec.export.ExportFormat;
import io.penstock.spec.export.ExportQuery;
import io.penstock.spec.export.ExportResult;
import io.penstock.spec.export.ExportSpec;
import io.penstock.spec.export.ExportedFile;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExportWriterTest {
  private static final ExportFormat JSON =
      new ExportFormat(ExportFormat.Kind.JSON_LINES, ExportFormat.Codec.NONE);
  private static final ExportFormat PARQUET =
      new ExportFormat(ExportFormat.Kind.PARQUET, ExportFormat.Codec.ZSTD);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;
  private ExportHistory history;

  @BeforeEach
  void start() throws Exception {
    history = new ExportHistory(folder);
    history.addFile(0, 9_000);
    history.addFile(9_000, 9_001);
    history.addFile(9_001, 20_000);
  }

  @AfterEach
  void stop() throws Exception {
    history.close();
  }

  private static ExportSpec spec(ExportFormat format) {
    return ExportHistory.spec(
        ExportHistory.query(1_000, 15_000), format, OptionalLong.empty(), List.of());
  }

  /** The column n of all lines. */
  private static List<Integer> numbers(List<byte[]> objects) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (byte[] object : objects) {
      for (String line : new String(object, StandardCharsets.UTF_8).lines().toList()) {
        JsonNode row = MAPPER.readTree(line);
        assertThat(row.get("properties").get("n").intValue()).isEqualTo(row.get("n").intValue());
        numbers.add(row.get("n").intValue());
      }
    }
    return numbers;
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  @Test
  void exactlyTheRowsOfTheIntervalAreWrittenInTheirOrderAndNothingIsVisible() throws Exception {
    ExportResult result = history.run(spec(JSON));

    assertThat(history.store.keys()).noneMatch(key -> key.startsWith(ExportHistory.OUT));
    assertThat(result.rowsRead()).isEqualTo(20_000);
    assertThat(result.rowsFiltered()).isEqualTo(6_000);
    assertThat(result.files()).extracting(ExportedFile::key).containsExactly("p/a-b.x");
    List<byte[]> objects = history.complete(result);
    assertThat(numbers(objects)).isEqualTo(range(1_000, 15_000));
    assertThat(result.bytesWritten()).isEqualTo(objects.get(0).length);
  }

  @Test
  void anExportThatIsRunAgainWritesTheSameBytes() throws Exception {
    for (ExportFormat format : List.of(JSON, PARQUET)) {
      ExportResult first = history.run(spec(format));
      ExportResult second = history.run(spec(format));
      assertThat(second.files())
          .extracting(ExportedFile::sha256)
          .isEqualTo(first.files().stream().map(ExportedFile::sha256).toList());
    }
  }

  @Test
  void everyUploadIsNotedBeforeItsFirstPart() throws Exception {
    ExportSpec spec = spec(JSON);
    ExportResult result = history.run(spec);
    ExportedFile file = result.files().get(0);
    assertThat(history.noted(spec)).containsExactly(new BegunUpload(file.key(), file.uploadId()));
  }

  @Test
  void withoutRowsThereIsNoFile() throws Exception {
    ExportSpec spec =
        ExportHistory.spec(
            ExportHistory.query(50_000, 60_000), JSON, OptionalLong.empty(), List.of());
    ExportResult result = history.run(spec);
    assertThat(result.files()).isEmpty();
    assertThat(result.rowsWritten()).isZero();
    assertThat(result.rowsFiltered()).isEqualTo(20_000);
    assertThat(history.store.openUploads()).isZero();
  }

  @Test
  void filesEndBehindWhatCrossesTheLimitAndAreNumberedWithoutHoles() throws Exception {
    for (ExportFormat format : List.of(JSON, PARQUET)) {
      ExportResult result =
          history.run(
              ExportHistory.spec(
                  ExportHistory.query(0, 20_000), format, OptionalLong.of(150_000), List.of()));
      List<ExportedFile> files = result.files();
      assertThat(files).hasSizeGreaterThan(1);
      for (int i = 0; i < files.size(); i++) {
        assertThat(files.get(i).key()).isEqualTo("p/a-b-" + i + ".x");
        assertThat(files.get(i).bytes()).isLessThan(150_000 + 1024 * 1024);
        if (i + 1 < files.size()) {
          assertThat(files.get(i).bytes()).isGreaterThanOrEqualTo(150_000);
        }
      }
      if (format.equals(JSON)) {
        assertThat(numbers(history.complete(result))).isEqualTo(range(0, 20_000));
      }
      assertThat(result.rowsWritten()).isEqualTo(20_000);
    }
  }

  @Test
  void filesAreDividedByTheValuesOfAColumn() throws Exception {
    ExportResult result =
        history.run(
            ExportHistory.spec(
                ExportHistory.query(0, 20_000), JSON, OptionalLong.empty(), List.of(1)));

    assertThat(result.files())
        .extracting(ExportedFile::key)
        .containsExactly(
            "p/event=__empty__/a-b.x",
            "p/event=__null__/a-b.x",
            "p/event=e%2F0/a-b.x",
            "p/event=e%2F1/a-b.x",
            "p/event=e%2F2/a-b.x",
            "p/event=e%2F3/a-b.x");
    List<byte[]> objects = history.complete(result);
    assertThat(numbers(objects)).containsExactlyInAnyOrderElementsOf(range(0, 20_000));
    assertThat(numbers(objects.subList(0, 1)))
        .isEqualTo(range(0, 20_000).stream().filter(n -> n % 10 == 1).toList());
  }

  @Test
  void tooManyCombinationsAreNamed() {
    assertThatThrownBy(
            () ->
                history.run(
                    ExportHistory.spec(
                        ExportHistory.query(0, 20_000), JSON, OptionalLong.empty(), List.of(2))))
        .isInstanceOfSatisfying(
            ExportRefused.class,
            e -> assertThat(e.kind()).isEqualTo(ExportFailure.Kind.TOO_MANY_PARTITIONS))
        .hasMessageContaining("more than 1000 combinations");
    assertThat(history.store.openUploads()).isZero();
  }

  @Test
  void rowsAreFilteredAndOutputsComputed() throws Exception {
    Expression n = new Expression.Input(2, ValueType.BIGINT);
    ExportQuery all = ExportHistory.query(0, 20_000);
    ExportQuery query =
        new ExportQuery(
            all.columns(),
            all.interval(),
            Optional.of(
                new Expression.Call(
                    ScalarFunction.LESS,
                    List.of(n, new Expression.Constant(ValueType.BIGINT, Optional.of("3"))),
                    ValueType.BOOLEAN)),
            List.of(
                new ExportQuery.Output(
                    "twice",
                    new Expression.Call(ScalarFunction.ADD, List.of(n, n), ValueType.BIGINT))));
    ExportResult result =
        history.run(ExportHistory.spec(query, JSON, OptionalLong.empty(), List.of()));
    assertThat(history.complete(result).get(0))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\"twice\":0}\n{\"twice\":2}\n{\"twice\":4}\n");
    assertThat(result.rowsFiltered()).isEqualTo(19_997);
  }

  @Test
  void aKeyThatS3DoesNotTakeIsRefusedBeforeAnythingIsSent() throws Exception {
    assertThatThrownBy(() -> ObjectKeys.check("a/../b")).hasMessageContaining("segment ..");
    assertThatThrownBy(() -> ObjectKeys.check("é".repeat(513)))
        .hasMessageContaining("1026 bytes, more than 1024");
    ObjectKeys.check("é".repeat(512));
  }

  @Test
  void aPartThatTheDestinationRefusesEndsTheExportAndGivesItUp() throws Exception {
    ObjectStore refusing =
        new ForwardingStore(history.store) {
          @Override
          public UploadedPart uploadPart(
              String bucket, String key, String id, int number, byte[] bytes, int length)
              throws IOException {
            throw new ObjectStoreException(FailureCode.ACCESS_DENIED, true, "denied " + key, null);
          }
        };
    assertThatThrownBy(() -> history.run(spec(JSON), refusing))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessage("denied p/a-b.x");
    assertThat(history.store.openUploads()).isZero();
  }
}
