package io.penstock.job.decode;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Random texts of numbers and times, most of them sound, in all the shapes that people write. */
final class RandomValues {
  private static final long SECONDS_OF_9999 = 253_402_300_799L;
  private static final String LETTERS = "0123456789+-.eE:TZ ,naINfity/";

  private final Random random;

  RandomValues(Random random) {
    this.random = random;
  }

  String integer() {
    return switch (random.nextInt(8)) {
      case 0 -> Integer.toString(random.nextInt(300) - 100);
      case 1 -> Integer.toString(random.nextInt());
      case 2 -> Long.toString(random.nextLong());
      case 3 -> Long.toString(random.nextLong() / (1L << random.nextInt(63)));
      case 4 -> Long.toString(Long.MAX_VALUE - random.nextInt(3)).replace("807", "80" + digit());
      case 5 ->
          pick(List.of("0", "-0", "-9223372036854775808", "9223372036854775807", "2147483648"));
      case 6 -> digits(1 + random.nextInt(21));
      default -> Integer.toString(random.nextInt(100));
    };
  }

  String decimal() {
    return switch (random.nextInt(9)) {
      case 0 -> integer();
      case 1 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
      case 2 -> Double.toString(random.nextGaussian());
      case 3 -> String.format(Locale.ROOT, "%.3f", random.nextDouble() * 1000);
      case 4 -> random.nextInt(1000) + "." + digits(random.nextInt(25));
      case 5 -> random.nextInt(1000) + "e" + (random.nextInt(700) - 350);
      case 6 ->
          "-0." + digits(1 + random.nextInt(20)) + "E" + pick(List.of("", "+", "-")) + digit();
      case 7 -> halfway();
      default -> "0." + "0".repeat(random.nextInt(30)) + digits(1 + random.nextInt(5));
    };
  }

  /** Between two doubles, or all but. */
  private String halfway() {
    long odd = (1L << 53) + random.nextInt(1 << 20) * 2L + 1;
    return odd + pick(List.of("", ".0", ".5", "e5", "e-5", "e22", "e23", "000"));
  }

  String iso() {
    Instant instant = instant();
    String text = instant.toString();
    String plain = text.substring(0, text.length() - 1);
    return switch (random.nextInt(8)) {
      case 0 -> plain.replace('T', ' ');
      case 1 -> plain;
      case 2 -> plain + pick(List.of("+02:00", "-0130", "+00", "+19:00", "-18:59", "z"));
      case 3 -> text.substring(0, 10);
      case 4 -> plain + (plain.contains(".") ? "" : "." + digits(random.nextInt(12))) + "Z";
      case 5 -> text.substring(0, 5) + "02-3" + digit() + text.substring(10);
      case 6 -> text.substring(0, Math.min(text.length(), 11)) + "2" + digit() + ":59:6" + digit();
      default -> text;
    };
  }

  String epoch() {
    long seconds = instant().getEpochSecond();
    String sign = random.nextInt(6) == 0 ? "-" : "";
    return switch (random.nextInt(6)) {
      case 0 -> sign + Math.abs(seconds) + "." + digits(random.nextInt(20));
      case 1 -> Long.toString(seconds * 1_000 + random.nextInt(1_000));
      case 2 -> Long.toString(seconds * 1_000_000 + random.nextInt(1_000_000));
      case 3 -> sign + Math.abs(seconds % 4_000_000_000L) + digits(9);
      case 4 -> decimal();
      default -> Long.toString(seconds);
    };
  }

  String patterned(String pattern) {
    String text =
        DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(instant().atOffset(offset()));
    return random.nextInt(10) == 0 ? text.toLowerCase(Locale.ROOT) : text;
  }

  private ZoneOffset offset() {
    return random.nextBoolean()
        ? ZoneOffset.UTC
        : ZoneOffset.ofTotalSeconds((random.nextInt(36 * 60) - 18 * 60) * 60);
  }

  private Instant instant() {
    long seconds =
        switch (random.nextInt(6)) {
          case 0 -> (long) (random.nextDouble() * 2 * SECONDS_OF_9999) - SECONDS_OF_9999 / 4;
          case 1 -> -62_135_596_800L + random.nextInt(200_000);
          case 2 -> SECONDS_OF_9999 - random.nextInt(200_000);
          default -> 1_770_000_000L + random.nextInt(3 * 86_400);
        };
    int nanos =
        switch (random.nextInt(4)) {
          case 0 -> 0;
          case 1 -> random.nextInt(1_000) * 1_000_000;
          case 2 -> random.nextInt(1_000_000) * 1_000;
          default -> random.nextInt(1_000_000_000);
        };
    return Instant.ofEpochSecond(Math.min(seconds, SECONDS_OF_9999), nanos);
  }

  /** With a character too much, too few, or another one. */
  String spoilt(String text) {
    StringBuilder spoilt = new StringBuilder(text);
    int at = random.nextInt(text.length() + 1);
    char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
    switch (random.nextInt(3)) {
      case 0 -> spoilt.insert(at, letter);
      case 1 -> spoilt.delete(at, Math.min(at + 1, text.length()));
      default -> spoilt.replace(at, Math.min(at + 1, text.length()), "" + letter);
    }
    return spoilt.toString();
  }

  private String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append(digit());
    }
    return digits.toString();
  }

  private int digit() {
    return random.nextInt(10);
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
