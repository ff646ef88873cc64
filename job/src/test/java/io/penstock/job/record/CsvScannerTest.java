package io.penstock.job.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spec.RecordFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ends of CSV records, found beside a scan byte by byte. */
final class CsvScannerTest {
  private static final int CASES = 100_000;
  private static final int LONG_CASES = 3_000;
  private static final int MANY = 9_000;
  private static final List<Optional<Character>> QUOTES =
      List.of(Optional.of('"'), Optional.of('"'), Optional.of('\''), Optional.empty());
  private static final List<Optional<Character>> ESCAPES =
      List.of(Optional.of('"'), Optional.of('\\'), Optional.empty());
  private static final List<Optional<Character>> COMMENTS =
      List.of(Optional.empty(), Optional.of('#'));
  private static final char[] DELIMITERS = {',', '\t', ';', '\0', ' '};

  @Test
  void endsAreWhereAScanByteByByteFindsThem() {
    Random random = new Random(7);
    for (int i = 0; i < CASES; i++) {
      RecordFormat.Csv format =
          new RecordFormat.Csv(
              DELIMITERS[random.nextInt(DELIMITERS.length)],
              QUOTES.get(random.nextInt(QUOTES.size())),
              ESCAPES.get(random.nextInt(ESCAPES.size())),
              COMMENTS.get(random.nextInt(COMMENTS.size())),
              0,
              false);
      byte[] bytes = bytes(format, random);
      int from = Math.min(bytes.length, random.nextInt(4));
      // What lies behind the scanned part must not matter.
      int to = Math.max(from, bytes.length - random.nextInt(12));

      assertThat(RecordScanner.of(format).endOfRecord(bytes, from, to))
          .as("end in %s from %d to %d, %s", Arrays.toString(bytes), from, to, format)
          .isEqualTo(endOfRecord(format, bytes, from, to));
      assertThat(RecordScanner.of(format).endOfLastRecord(bytes, from, to))
          .as("last end in %s from %d to %d, %s", Arrays.toString(bytes), from, to, format)
          .isEqualTo(endOfLastRecord(format, bytes, from, to));
    }
  }

  @Test
  void lastEndsOfLongTextsAreWhereAScanByteByByteFindsThem() {
    Random random = new Random(8);
    for (int i = 0; i < LONG_CASES; i++) {
      RecordFormat.Csv format =
          new RecordFormat.Csv(',', Optional.of('"'), Optional.of('"'), Optional.empty(), 0, false);
      byte[] bytes = fields(1 + random.nextInt(random.nextBoolean() ? 5_000 : 50), random);
      int from = random.nextInt(8);
      int to = bytes.length - random.nextInt(8);

      assertThat(RecordScanner.of(format).endOfLastRecord(bytes, from, to))
          .as("case %d", i)
          .isEqualTo(endOfLastRecord(format, bytes, from, to));
    }
  }

  /** Fields, long and short, almost all of them sound; too few line ends rather than too many. */
  private static byte[] fields(int longest, Random random) {
    StringBuilder text = new StringBuilder("a record");
    while (text.length() < MANY) {
      String inner = "x".repeat(random.nextInt(longest)) + "\"\"\n,".substring(random.nextInt(5));
      boolean sound = random.nextInt(100) > 0;
      switch (random.nextInt(8)) {
        case 0, 1 -> text.append('\n');
        case 2, 3 -> text.append(",\"").append(inner).append(sound ? "\"," : "");
        case 4 -> text.append(sound ? ",\"\"\"\"," : "\"");
        default -> text.append(',').append("y".repeat(random.nextInt(longest)));
      }
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(RecordFormat.Csv format, Random random) {
    byte[] bytes = new byte[random.nextInt(90)];
    int plain = 1 + random.nextInt(20);
    for (int i = 0; i < bytes.length; i++) {
      int value =
          switch (random.nextInt(6 + plain)) {
            case 0 -> format.delimiter();
            case 1 -> format.quote().orElse('"');
            case 2 -> format.escape().orElse('\\');
            case 3 -> format.comment().orElse('#');
            case 4 -> '\n';
            case 5 -> '\r';
            default -> random.nextInt(256);
          };
      bytes[i] = (byte) value;
    }
    return bytes;
  }

  private static int endOfLastRecord(RecordFormat.Csv format, byte[] bytes, int from, int to) {
    int last = -1;
    for (int end = endOfRecord(format, bytes, from, to);
        end >= 0;
        end = endOfRecord(format, bytes, end, to)) {
      last = end;
    }
    return last;
  }

  private static int endOfRecord(RecordFormat.Csv format, byte[] bytes, int from, int to) {
    boolean comment = from < to && is(bytes[from], format.comment());
    boolean quoted = false;
    boolean fieldStart = true;
    for (int i = from; i < to; i++) {
      boolean quote = is(bytes[i], format.quote());
      if (!comment && is(bytes[i], format.separateEscape())) {
        i++;
        fieldStart = false;
      } else if (quoted && quote) {
        boolean doubled =
            format.separateEscape().isEmpty() && i + 1 < to && is(bytes[i + 1], format.quote());
        quoted = doubled;
        i += doubled ? 1 : 0;
      } else if (!quoted && bytes[i] == '\n') {
        return i + 1;
      } else if (!quoted) {
        quoted = !comment && quote && fieldStart;
        fieldStart = !quoted && bytes[i] == format.delimiter();
      }
    }
    return -1;
  }

  private static boolean is(byte b, Optional<Character> character) {
    return character.isPresent() && b == character.get();
  }
}
