package io.penstock.bench.data;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** One value being written, as JSON or as a CSV field. */
final class Field {
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final long MILLIS_PER_DAY = 86_400_000;

  private final boolean csv;
  private final Bytes bytes = new Bytes();
  private boolean isNull;
  private long day = Long.MIN_VALUE;
  private byte[] date;

  Field(boolean csv) {
    this.csv = csv;
  }

  /** A text that is written often, in both its forms. */
  record Phrase(byte[] json, byte[] csv) {
    static Phrase of(String text) {
      return new Phrase(json(text), csv(text));
    }

    private static byte[] json(String text) {
      StringBuilder json = new StringBuilder("\"");
      text.codePoints()
          .forEach(
              c -> {
                switch (c) {
                  case '"' -> json.append("\\\"");
                  case '\\' -> json.append("\\\\");
                  case '\n' -> json.append("\\n");
                  case '\t' -> json.append("\\t");
                  // As some writers do, so that readers meet it.
                  case 'ß' -> json.append("\\u00df");
                  default -> json.appendCodePoint(c);
                }
              });
      return json.append('"').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] csv(String text) {
      boolean quoted = text.matches("(?s).*[\",\\n].*");
      String form = quoted ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
      return form.getBytes(StandardCharsets.UTF_8);
    }
  }

  void clear() {
    bytes.clear();
    isNull = false;
  }

  boolean isNull() {
    return isNull;
  }

  Bytes bytes() {
    return bytes;
  }

  void setNull() {
    isNull = true;
  }

  void phrase(Phrase phrase) {
    bytes.add(csv ? phrase.csv : phrase.json);
  }

  /** Opens a text without anything to escape; {@link #endText} closes it. */
  Bytes text() {
    return csv ? bytes : bytes.put('"');
  }

  void endText() {
    if (!csv) {
      bytes.put('"');
    }
  }

  void truth(boolean truth) {
    bytes.add(truth ? TRUE : FALSE);
  }

  /** A JSON value that is put together from its text. */
  void json(byte[] json) {
    if (!csv) {
      bytes.add(json);
      return;
    }
    bytes.put('"');
    for (byte one : json) {
      if (one == '"') {
        bytes.put('"');
      }
      bytes.put(one);
    }
    bytes.put('"');
  }

  /** ISO 8601 with milliseconds, UTC. */
  void time(long millis) {
    long newDay = Math.floorDiv(millis, MILLIS_PER_DAY);
    if (newDay != day) {
      day = newDay;
      date = LocalDate.ofEpochDay(day).toString().getBytes(StandardCharsets.US_ASCII);
    }
    long rest = millis - day * MILLIS_PER_DAY;
    text().add(date).put('T').padded(rest / 3_600_000, 2).put(':');
    bytes.padded(rest / 60_000 % 60, 2).put(':').padded(rest / 1_000 % 60, 2);
    bytes.put('.').padded(rest % 1_000, 3).put('Z');
    endText();
  }
}
