package io.penstock.job.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spec.TimeFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Go layouts, against a table of texts that are of them or not, and against java.time. */
final class GoTimeParserTest {
  private static final int AT_LEAST = 60;
  private static final int RANDOM_TIMES = 20_000;

  private record Example(String layout, String text, String time) {}

  private static List<Example> examples() throws IOException {
    try (InputStream in = GoTimeParserTest.class.getResourceAsStream("go-layouts.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" \\| ", -1))
          .map(parts -> new Example(parts[0], parts[1], parts[2]))
          .toList();
    }
  }

  private static long parse(String layout, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new GoTimeParser(layout).parse(bytes, 0, bytes.length);
  }

  private static String shown(long micros) {
    return micros == TimeParser.UNKNOWN
        ? "-"
        : Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  @Test
  void textsAreReadAsGoReadsThem() throws IOException {
    List<Example> examples = examples();
    for (Example example : examples) {
      assertThat(shown(parse(example.layout, example.text)))
          .as("\"%s\" as \"%s\"", example.text, example.layout)
          .isEqualTo(example.time);
    }
    System.out.println(examples.size() + " pairs of a Go layout and a text were compared");
    assertThat(examples).hasSizeGreaterThan(AT_LEAST);
  }

  /** The quick way does not say that a text is wrong, only that it does not know it. */
  @Test
  void theQuickWayReadsTheSame() throws IOException {
    for (Example example : examples()) {
      byte[] bytes = example.text.getBytes(StandardCharsets.UTF_8);
      byte[] padded = Arrays.copyOf(bytes, bytes.length + Words.PADDING);
      Arrays.fill(padded, bytes.length, padded.length, (byte) '7');
      long micros =
          TimeParser.of(new TimeFormat.Go(example.layout)).micros(padded, 0, bytes.length);
      if (!example.time.startsWith("0000")) {
        assertThat(shown(micros))
            .as("\"%s\" as \"%s\"", example.text, example.layout)
            .isEqualTo(example.time);
      }
    }
  }

  @Test
  void timesThatJavaWritesAreReadBack() {
    List<String[]> layouts =
        List.of(
            new String[] {"2006-01-02 15:04:05.000", "uuuu-MM-dd HH:mm:ss.SSS"},
            new String[] {"2006-01-02T15:04:05.999999Z07:00", "uuuu-MM-dd'T'HH:mm:ss.SSSSSSXXX"},
            new String[] {"02/Jan/2006:15:04:05.9 -0700", "dd/MMM/uuuu:HH:mm:ss.SSSSSSSSS xx"},
            new String[] {
              "Monday, January 2, 2006 3:04:05.99 PM", "EEEE, MMMM d, uuuu h:mm:ss.SSS a"
            },
            new String[] {"2006002150405", "uuuuDDDHHmmss"},
            new String[] {"Mon Jan _2 15:4:5 2006", "EEE MMM ppd HH:m:s uuuu"});
    Random random = new Random(20_261_125);
    for (int i = 0; i < RANDOM_TIMES; i++) {
      String[] layout = layouts.get(random.nextInt(layouts.size()));
      boolean fraction = layout[1].contains("S");
      Instant time =
          Instant.ofEpochSecond(random.nextLong(-60_000_000_000L, 250_000_000_000L))
              .plus(fraction ? random.nextInt(1000) : 0, ChronoUnit.MILLIS);
      boolean zoned = layout[1].contains("x") || layout[1].contains("X");
      ZoneOffset zone = ZoneOffset.ofTotalSeconds(zoned ? random.nextInt(-900, 900) * 60 : 0);
      String text =
          DateTimeFormatter.ofPattern(layout[1], Locale.ENGLISH).format(time.atOffset(zone));
      assertThat(shown(parse(layout[0], text))).as(text).isEqualTo(time.toString());
    }
  }

  @Test
  void aLayoutWithoutAnyPartOfATimeIsRefused() {
    assertThatThrownBy(() -> new TimeFormat.Go("at noon"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at noon");
  }

  @Test
  void namedGroupsOfAnExpressionAreATime() {
    GroupedTime log =
        new GroupedTime(
            "(?P<day>\\d+)\\.(?P<month>[A-Za-z]+|\\d+)\\.(?P<year>\\d{2,4})"
                + "( (?P<hour>\\d+):(?P<minute>\\d+)(:(?P<second>\\d+)(,(?P<millisecond>\\d+))?)?)?"
                + "( (?P<offset>\\S+))?");
    assertThat(shown(log.micros("on 7.10.2026 it was"))).isEqualTo("-");
    assertThat(shown(log.micros("on 7.10.2026"))).isEqualTo("2026-10-07T00:00:00Z");
    assertThat(shown(log.micros("7.OCT.26 9:05"))).isEqualTo("2026-10-07T09:05:00Z");
    assertThat(shown(log.micros("7.october.2026 9:05:06,25 +02:00")))
        .isEqualTo("2026-10-07T07:05:06.025Z");
    assertThat(shown(log.micros("7.10.2026 9:05 -0130"))).isEqualTo("2026-10-07T10:35:00Z");
    assertThat(shown(log.micros("7.10.2026 9:05 +01"))).isEqualTo("2026-10-07T08:05:00Z");
    assertThat(shown(log.micros("7.10.2026 9:05 Z"))).isEqualTo("2026-10-07T09:05:00Z");
    assertThat(shown(log.micros("7.10.2026 9:05 UTC"))).isEqualTo("2026-10-07T09:05:00Z");
    assertThat(shown(log.micros("7.10.2026 25:05"))).isEqualTo("-");
    assertThat(shown(log.micros("31.2.2026"))).isEqualTo("-");
    assertThat(shown(log.micros("7.Okt.2026"))).isEqualTo("-");
    assertThat(shown(log.micros("7.10.2026 9:05:06,1000"))).isEqualTo("-");
    assertThat(shown(log.micros("soon"))).isEqualTo("-");
  }

  @Test
  void finerPartsAreAdded() {
    GroupedTime fine =
        new GroupedTime(
            "(?P<year>\\d+)\\.(?P<millisecond>\\d+)\\.(?P<microsecond>\\d+)\\.(?P<nanosecond>\\d+)");
    assertThat(shown(fine.micros("2026.1.2.3999"))).isEqualTo("2026-01-01T00:00:00.001005Z");
    assertThat(shown(fine.micros("12026.1.2.3"))).isEqualTo("-");
  }
}
