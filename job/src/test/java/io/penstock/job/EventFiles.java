package io.penstock.job;

import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Compression;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.TimeFormat;
import io.penstock.spec.TransformSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * Generated NDJSON events in random time order, some of them flawed, with what an exact load makes
 * of them: the reference that the job's output is compared with.
 */
final class EventFiles {
  /** The hours over which event times are spread. */
  private static final int SPAN_HOURS = 30;

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private final TreeMap<String, byte[]> objects = new TreeMap<>();
  private final TreeMap<Long, String> expected = new TreeMap<>();
  private long rejected;

  private EventFiles() {}

  /** Every {@code flawEvery}th row is broken in one of several ways; 0 for none. */
  static EventFiles generate(long seed, int count, int rowsEach, int flawEvery) {
    EventFiles files = new EventFiles();
    Random random = new Random(seed);
    long id = 0;
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < rowsEach; j++, id++) {
        boolean flawed = flawEvery > 0 && random.nextInt(flawEvery) == 0;
        text.append(flawed ? files.flawed(id, random) : files.sound(id, random)).append('\n');
      }
      files.objects.put("events/part-%05d.json.gz".formatted(i), gzip(text.toString()));
    }
    return files;
  }

  /** Object bytes by key. */
  NavigableMap<String, byte[]> objects() {
    return objects;
  }

  /** The row's values joined by {@code |}, by id, as {@link #SELECT} gives them. */
  NavigableMap<Long, String> expected() {
    return expected;
  }

  long rejected() {
    return rejected;
  }

  /** DuckDB: one text per row in the form of {@link #expected()}. */
  static final String SELECT =
      "id, concat_ws('|', epoch_us(\"at\"), coalesce(name, '~'), coalesce(n::varchar, '~'),"
          + " coalesce(round(x * 1000)::bigint::varchar, '~'), coalesce(ok::varchar, '~'),"
          + " coalesce(tags, '~'))";

  static TransformSpec transform() {
    return new TransformSpec(
        new RecordFormat.NdJson(),
        Compression.GZIP,
        List.of(
            column(1, "id", ColumnType.INT64),
            new ColumnSpec(
                "at",
                2,
                ColumnType.TIMESTAMP,
                new ColumnSource.Field("at"),
                Optional.of(new TimeFormat.Iso8601()),
                Optional.empty(),
                Optional.empty(),
                List.of()),
            column(3, "name", ColumnType.STRING),
            column(4, "n", ColumnType.INT32),
            column(5, "x", ColumnType.DOUBLE),
            column(6, "ok", ColumnType.BOOLEAN),
            column(7, "tags", ColumnType.JSON)),
        "at",
        List.of("-"));
  }

  private static ColumnSpec column(int fieldId, String name, ColumnType type) {
    return new ColumnSpec(
        name,
        fieldId,
        type,
        new ColumnSource.Field(name),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private String sound(long id, Random random) {
    long micros = random.nextLong(SPAN_HOURS * 3_600_000_000L);
    Instant at = START.plusNanos(micros * 1000);
    String name = random.nextInt(10) == 0 ? "-" : "user \\u00e4 \\\"" + random.nextInt(500);
    String nameRead = name.equals("-") ? "~" : name.replace("\\u00e4", "ä").replace("\\\"", "\"");
    boolean hasN = random.nextInt(5) != 0;
    int n = random.nextInt();
    long thousandths = random.nextLong(2_000_000) - 1_000_000;
    String x = String.format(Locale.ROOT, "%.3f", thousandths / 1000.0);
    boolean ok = random.nextBoolean();
    String tags = random.nextInt(3) == 0 ? null : "[\"t" + random.nextInt(9) + "\",{\"d\":1.50}]";
    long epochMicros = START.getEpochSecond() * 1_000_000 + micros;
    expected.put(
        id,
        String.join(
            "|",
            Long.toString(epochMicros),
            nameRead,
            hasN ? Integer.toString(n) : "~",
            Long.toString(thousandths),
            Boolean.toString(ok),
            tags == null ? "~" : tags));
    List<String> fields = new ArrayList<>();
    fields.add("\"id\":" + id);
    fields.add("\"at\":\"" + at + "\"");
    fields.add("\"name\":\"" + name + "\"");
    fields.add(hasN ? "\"n\": " + n : "\"n\":null");
    fields.add("\"x\":" + x);
    fields.add("\"ok\":" + ok);
    fields.add("\"unlisted\":{\"a\":[1,2,{}]}");
    if (tags != null) {
      fields.add("\"tags\": " + tags);
    }
    Collections.shuffle(fields, random);
    return "{" + String.join(",", fields) + "}";
  }

  private String flawed(long id, Random random) {
    rejected++;
    return switch (random.nextInt(5)) {
      case 0 -> "{\"id\":" + id + ",\"at\":\"2026-03-01T00:";
      case 1 -> "{\"id\":\"abc\",\"at\":\"2026-03-01T00:00:00Z\"}";
      case 2 -> "{\"id\":" + id + ",\"at\":\"not a time\"}";
      case 3 -> "{\"id\":" + id + "}";
      default -> "[" + id + "]";
    };
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
