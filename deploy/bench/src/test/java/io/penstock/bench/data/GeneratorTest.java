package io.penstock.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.bench.measure.RowCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GeneratorTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Dataset EVENTS =
      new Dataset(Format.NDJSON, 2_000, 4, 24, 60, 24, Columns.BASE, 7);

  @TempDir private Path folder;

  private static String object(Dataset dataset, int object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Generator.stored(dataset, object, bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theSameParametersGiveTheSameBytesAndAnotherSeedGivesOthers() throws IOException {
    Dataset other = new Dataset(Format.NDJSON, 2_000, 4, 24, 60, 24, Columns.BASE, 8);

    assertThat(object(EVENTS, 2)).isEqualTo(object(EVENTS, 2)).isNotEqualTo(object(other, 2));
  }

  @Test
  void objectsTogetherHoldAllRowsOnce() throws IOException {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < EVENTS.objects(); i++) {
      for (String line : object(EVENTS, i).lines().toList()) {
        ids.add(JSON.readTree(line).path("request_id").asText());
      }
    }

    assertThat(ids).hasSize(2_000);
  }

  @Test
  void keysComeInSeveralOrdersAndNullsAreWrittenOrLeftOut() throws IOException {
    Set<String> firstKeys = new HashSet<>();
    boolean written = false;
    boolean leftOut = false;
    for (String line : object(EVENTS, 0).lines().toList()) {
      JsonNode row = JSON.readTree(line);
      firstKeys.add(row.fieldNames().next());
      written |= row.has("user_id") && row.path("user_id").isNull();
      leftOut |= !row.has("user_id");
    }

    assertThat(firstKeys).hasSizeGreaterThan(2);
    assertThat(written).isTrue();
    assertThat(leftOut).isTrue();
  }

  @Test
  void timesStayInTheirWindowAndGoOnFromObjectToObject() throws IOException {
    Dataset narrow = new Dataset(Format.NDJSON, 2_000, 4, 100, 1, 10, Columns.BASE, 7);
    Instant begin = Instant.ofEpochMilli(Dataset.BEGIN_MILLIS);

    for (String line : object(narrow, 0).lines().toList()) {
      assertThat(Instant.parse(JSON.readTree(line).path(Columns.TIME).asText()))
          .isBetween(begin, begin.plusSeconds(60 * 33));
    }
    for (String line : object(narrow, 3).lines().toList()) {
      assertThat(Instant.parse(JSON.readTree(line).path(Columns.TIME).asText()))
          .isBetween(begin.plusSeconds(60 * 67), begin.plusSeconds(60 * 100));
    }
  }

  @Test
  void everyFormatHoldsTheSameRows() throws Exception {
    String json = relation(EVENTS);

    for (Format format : List.of(Format.NDJSON_GZ, Format.NDJSON_ZST, Format.CSV, Format.CSV_GZ)) {
      RowCheck.assertSame(EVENTS, json, relation(EVENTS.withFormat(format)));
    }
  }

  private String relation(Dataset dataset) throws IOException {
    return SourceSql.of(dataset, new Generator(folder).generate(dataset).folder());
  }
}
