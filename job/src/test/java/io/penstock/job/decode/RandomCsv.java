package io.penstock.job.decode;

import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.TransformSpec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Separated values as they are met, and as they should not be. */
final class RandomCsv {
  private static final char[] DELIMITERS = {',', ',', ',', '\t', ';', '|', '\1', ' '};
  private static final List<Optional<Character>> QUOTES =
      List.of(
          Optional.of('"'),
          Optional.of('"'),
          Optional.of('"'),
          Optional.of('\''),
          Optional.empty());

  private final Random random;
  private final RecordFormat.Csv format;
  private final List<ColumnSpec> columns;
  private final StringBuilder text = new StringBuilder();

  private RandomCsv(Random random, RecordFormat.Csv format, List<ColumnSpec> columns) {
    this.random = random;
    this.format = format;
    this.columns = columns;
  }

  static RecordFormat.Csv format(Random random) {
    Optional<Character> quote = QUOTES.get(random.nextInt(QUOTES.size()));
    List<Optional<Character>> escapes =
        List.of(quote, quote, Optional.empty(), Optional.of('\\'), Optional.of('"'));
    return new RecordFormat.Csv(
        DELIMITERS[random.nextInt(DELIMITERS.length)],
        quote,
        escapes.get(random.nextInt(escapes.size())),
        random.nextInt(4) == 0 ? Optional.of('#') : Optional.empty(),
        random.nextInt(4) == 0 ? random.nextInt(4) : 0,
        random.nextInt(3) == 0);
  }

  /**
   * @param width about so many fields a record
   */
  static byte[] bytes(Random random, TransformSpec transform, int width) {
    RecordFormat.Csv format = (RecordFormat.Csv) transform.format();
    RandomCsv csv = new RandomCsv(random, format, transform.columns());
    for (int i = format.skipLines(); i > 0; i--) {
      csv.text.append("skipped \"").append(i).append(csv.lineEnd());
    }
    if (format.header()) {
      csv.record(width, i -> "h" + (random.nextInt(20) == 0 ? 0 : i));
    }
    for (int i = random.nextInt(12); i >= 0; i--) {
      csv.line(width);
    }
    if (random.nextInt(3) == 0) {
      csv.text.setLength(Math.max(0, csv.text.length() - 1));
    }
    byte[] bytes = csv.text.toString().getBytes(StandardCharsets.UTF_8);
    for (int i = Math.max(0, random.nextInt(7) - 3); i > 0; i--) {
      bytes = csv.mutated(bytes);
    }
    return bytes;
  }

  /** A value by its place in the record. */
  private interface Values {
    String at(int field);
  }

  private void line(int width) {
    switch (random.nextInt(24)) {
      case 0 -> text.append(" \t\r".substring(0, random.nextInt(4))).append(lineEnd());
      case 1 -> text.append("#, \"").append(lineEnd());
      case 2 -> record(1 + random.nextInt(width + 2), this::value);
      default -> record(width, this::value);
    }
  }

  private String value(int field) {
    for (ColumnSpec column : columns) {
      if (column.source().equals(new ColumnSource.Position(field))
          || column.source().equals(new ColumnSource.Field("h" + field))) {
        return CsvValues.of(column, random);
      }
    }
    return CsvValues.any(random);
  }

  private void record(int width, Values values) {
    for (int i = 0; i < width; i++) {
      field(values.at(i));
      text.append(i + 1 < width ? String.valueOf(format.delimiter()) : lineEnd());
    }
  }

  /** Once in a while without the quotes or escapes that it needs. */
  private void field(String value) {
    boolean careless = random.nextInt(30) == 0;
    boolean quoted =
        format.quote().isPresent() && (random.nextInt(4) == 0 || (needsQuotes(value) && !careless));
    String quote = quoted ? format.quote().get().toString() : "";
    String inner = value;
    if (!careless && format.separateEscape().isPresent()) {
      inner = escaped(value, format.separateEscape().get());
    } else if (!careless && quoted) {
      inner = value.replace(quote, quote + quote);
    }
    text.append(quote).append(inner).append(quote);
  }

  private boolean needsQuotes(String value) {
    return value
        .chars()
        .anyMatch(c -> c == '\n' || c == '\r' || c == format.delimiter() || isQuote(c));
  }

  private boolean isQuote(int c) {
    return format.quote().isPresent() && c == format.quote().get();
  }

  private String escaped(String value, char escape) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean needed = c == escape || c == '\n' || c == format.delimiter() || isQuote(c);
      if (needed || random.nextInt(20) == 0) {
        escaped.append(escape);
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  private String lineEnd() {
    return random.nextInt(5) == 0 ? "\r\n" : "\n";
  }

  private byte[] mutated(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    int behind = Math.min(bytes.length, at + random.nextInt(3));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    int inserted = random.nextInt(4) == 0 ? random.nextInt(256) : special();
    for (int i = random.nextInt(3); i > 0; i--) {
      out.write(inserted);
    }
    out.write(bytes, behind, bytes.length - behind);
    return out.toByteArray();
  }

  private int special() {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> format.quote().orElse('"');
      case 3 -> format.escape().orElse('\\');
      case 4 -> format.delimiter();
      case 5 -> format.comment().orElse('#');
      case 6 -> '\r';
      default -> '\n';
    };
  }
}
