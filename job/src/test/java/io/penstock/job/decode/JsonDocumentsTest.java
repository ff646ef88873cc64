package io.penstock.job.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.record.Chunk;
import io.penstock.job.record.ReadEvent;
import io.penstock.job.source.FramedChunks;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.RejectedRow;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON that is not one object a line. */
final class JsonDocumentsTest {
  private static final TransformSpec TRANSFORM =
      new TransformSpec(
          new RecordFormat.Json(Optional.empty()),
          Compression.NONE,
          List.of(
              column("n", ColumnType.STRING, Optional.empty()),
              column("x", ColumnType.JSON, Optional.empty()),
              column(
                  "at",
                  ColumnType.TIMESTAMP,
                  Optional.of(new TimeFormat.Epoch(TimeFormat.EpochUnit.SECONDS)))),
          "at",
          List.of());

  private static ColumnSpec column(String name, ColumnType type, Optional<TimeFormat> time) {
    return new ColumnSpec(
        name,
        1,
        type,
        new ColumnSource.Field(name),
        time,
        Optional.empty(),
        time.map(format -> "0"),
        List.of());
  }

  private static List<Chunk> framed(String text, int chunkBytes) {
    List<ReadEvent> events =
        FramedChunks.of(
            text.getBytes(StandardCharsets.UTF_8), TRANSFORM.format(), chunkBytes, 1 << 16);
    return events.stream().map(Chunk.class::cast).toList();
  }

  private static DecodedRows decode(String text, int chunkBytes) {
    return DecodedRows.of(TRANSFORM, text.length(), framed(text, chunkBytes));
  }

  private static List<String> numbers(DecodedRows rows) {
    return rows.rows.stream().map(row -> row.get(0)).toList();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"n":1}⏎{"n":2}                      | 1,2   | 0
          {"n":1}{"n":2} {"n":3}⏎              | 1,2,3 | 0
          [{"n":1},{"n":2}]                    | 1,2   | 0
          [⏎{"n":1},⏎{"n":2}⏎]⏎                | 1,2   | 0
          [{"n":1}] [{"n":2},{"n":3}]          | 1,2,3 | 0
          {⏎"n":⏎1,⏎"x":[⏎{"n":7},⏎{"n":8}⏎]}⏎ | 1     | 0
          ⏎⏎ {"n":"}\\"{"}⏎⏎                   | }"{   | 0
          {"n":"a⏎{"n":2}                      | 2     | 1
          {"n":1⏎{"n":2}⏎{"n":3}               | 2,3   | 1
          {"n":1}}⏎{"n":2}                     | 1,2   | 1
          {"n":1} x⏎{"n":2}                    | 1,2   | 1
          {"n":tru}⏎{"n":2}                    | 2     | 1
          [1,{"n":1},"t",null,{"n":2}]         | 1,2   | 3
          {"n":1},{"n":2                       | 1     | 1
          []                                   | ~~    | 0
          """)
  void whateverSeparatesObjectsEachIsARow(String document, String expected, int rejects) {
    for (int chunkBytes : new int[] {4, 7, 16, 1000}) {
      DecodedRows rows = decode(document.replace('⏎', '\n'), chunkBytes);

      assertThat(String.join(",", numbers(rows))).as("by %d", chunkBytes).isEqualTo(expected);
      assertThat(rows.rejects).as("by %d", chunkBytes).hasSize(rejects);
      assertThat(rows.counts.balanced()).isTrue();
    }
  }

  @Test
  void aRejectSaysWhereItBegins() {
    RejectedRow reject = decode("[\n {\"n\":1},\n  {\"n\":oh},\n{\"n\":3}]", 1000).rejects.get(0);

    assertThat(reject.line()).isEqualTo(3);
    assertThat(reject.byteOffset()).isEqualTo(14);
    assertThat(reject.row()).contains("{\"n\":oh}");
  }

  @Test
  void howObjectsAreLaidOutAndCutChangesNothing() {
    Random random = new Random(5);
    BothWays bothWays = new BothWays(random);
    for (int document = 0; document < 300; document++) {
      int count = random.nextInt(40);
      String text = document(random, count);
      List<String> expected = IntStream.range(0, count).mapToObj(Integer::toString).toList();

      int chunkBytes = 16 + random.nextInt(300);

      assertThat(numbers(decode(text, chunkBytes))).as(text).isEqualTo(expected);
      bothWays.compare(TRANSFORM, framed(text, chunkBytes));
    }
    assertThat(bothWays.readQuickly).isBetween(bothWays.records / 3, bothWays.records);
  }

  @Test
  void whatIsDamagedIsTheSameQuicklyAndExactly() {
    Random random = new Random(6);
    BothWays bothWays = new BothWays(random);
    for (int document = 0; document < 2000; document++) {
      StringBuilder text = new StringBuilder(document(random, 1 + random.nextInt(20)));
      for (int i = random.nextInt(4); i >= 0 && text.length() > 0; i--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, "{}[],:\"\\\n 1x".charAt(random.nextInt(12)));
          default -> text.setCharAt(at, "{}[],:\"\\\n 1x".charAt(random.nextInt(12)));
        }
      }
      bothWays.compare(TRANSFORM, framed(text.toString(), 16 + random.nextInt(300)));
    }
  }

  /** Objects numbered from 0, in lines, pretty, in arrays, or all of that. */
  private static String document(Random random, int count) {
    StringBuilder text = new StringBuilder();
    boolean open = false;
    for (int i = 0; i < count; i++) {
      if (!open && random.nextInt(8) == 0) {
        text.append(random.nextBoolean() ? "[" : "[\n  ");
        open = true;
      }
      String blank = random.nextInt(3) == 0 ? "\n  " : "";
      text.append('{').append(blank).append("\"n\":").append(blank).append(i);
      if (random.nextBoolean()) {
        text.append(",\"x\":").append(nested(random, blank));
      }
      text.append(blank).append('}');
      if (open && random.nextInt(4) == 0) {
        text.append(']');
        open = false;
      }
      text.append(open && i + 1 < count ? "," : "");
      text.append(random.nextInt(4) == 0 ? "" : random.nextInt(4) == 0 ? " " : "\n");
    }
    return text.append(open ? "]" : "").toString();
  }

  private static String nested(Random random, String blank) {
    List<String> values = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add(random.nextBoolean() ? "{\"n\":-1}" : "\"a}\\\"{\\n\"");
    }
    return "[" + blank + String.join("," + blank, values) + blank + "]";
  }
}
