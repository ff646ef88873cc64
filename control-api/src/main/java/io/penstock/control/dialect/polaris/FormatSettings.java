package io.penstock.control.dialect.polaris;

import io.penstock.control.expression.NearestName;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.expression.RegularExpression;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a source's data files are written.
 *
 * @param columns of CSV without a header, or of a regular expression's groups, in their order;
 *     empty if there is a header
 */
record FormatSettings(RecordFormat format, List<String> columns) {
  private static final Set<String> COMMON = Set.of("format");
  private static final Set<String> CSV =
      Set.of("format", "delimiter", "listDelimiter", "columns", "skipHeaderRows", "quote");
  private static final List<String> LATER = List.of("orc");
  private static final List<String> STREAMS =
      List.of("avro_stream", "kafka", "kinesis", "protobuf");
  private static final char DEFAULT_LIST_DELIMITER = '\u0001';
  private static final int MAX_SKIPPED = 1_000_000;
  private static final Pattern COMPRESSED =
      Pattern.compile("(.+)\\.(gz|bz2|zst|zstd|xz|sz)", Pattern.CASE_INSENSITIVE);

  static final FormatSettings JSON = new FormatSettings(new RecordFormat.NdJson(), List.of());

  boolean isCsv() {
    return format instanceof RecordFormat.Csv;
  }

  /** Whether all fields are text. */
  boolean isText() {
    return isCsv() || format instanceof RecordFormat.Regex;
  }

  /** Where a field of the name is found. */
  ColumnSource source(String field) {
    if (columns.isEmpty()) {
      return new ColumnSource.Field(field);
    }
    int index = columns.indexOf(field);
    return index < 0 ? new ColumnSource.None() : new ColumnSource.Position(index);
  }

  /**
   * Reads {@code formatSettings}, or infers them from names.
   *
   * @param names of the files, as far as they are known; none if they are not
   */
  static FormatSettings read(Fields source, List<String> names) {
    names.forEach(name -> refuseCompression(source, name));
    if (!source.has("formatSettings")) {
      return inferred(source, names);
    }
    Fields settings = source.object("formatSettings", true);
    String format = settings.requiredText("format").orElse("");
    if (format.equals("csv")) {
      settings.allowOnly(CSV);
      return csv(settings);
    }
    if (format.equals("regex")) {
      settings.allowOnly(Set.of("format", "pattern", "columns"));
      return regex(settings);
    }
    if (TypedFormats.NAMES.contains(format)) {
      return TypedFormats.read(format, settings);
    }
    if (format.equals("nd-json")) {
      refuseFlattening(settings);
      Set<String> known = new HashSet<>(COMMON);
      known.add("flattenSpec");
      settings.allowOnly(known);
    } else if (LATER.contains(format)) {
      settings.unsupported(
          "format", "Files of " + format + " are not supported. Use nd-json or csv.");
    } else if (STREAMS.contains(format)) {
      settings.unsupported("format", format + " is of streams only. Use nd-json or csv.");
    } else if (settings.has("format")) {
      List<String> known = List.of("nd-json", "csv", "regex", "avro_ocf", "orc", "parquet");
      settings.bad(
          "format", "Unknown format \"" + format + "\"." + NearestName.hint(format, known));
    }
    return JSON;
  }

  static void refuseFlattening(Fields settings) {
    if (settings.has("flattenSpec")) {
      settings.unsupported("flattenSpec", "flattenSpec is not supported. Use fields of type json.");
    }
  }

  private static void refuseCompression(Fields source, String name) {
    Matcher compressed = COMPRESSED.matcher(name);
    if (compressed.matches()) {
      String kind = compressed.group(2).toLowerCase(Locale.ROOT);
      if (kind.equals("xz") || kind.equals("sz")) {
        source.unsupported(
            "type", name + " is compressed with " + kind + ", which is not supported. Use gz.");
      }
    }
  }

  private static FormatSettings inferred(Fields source, List<String> names) {
    Set<String> formats = new HashSet<>();
    for (String name : names) {
      Matcher compressed = COMPRESSED.matcher(name);
      String plain = compressed.matches() ? compressed.group(1) : name;
      formats.add(
          switch (plain.substring(plain.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
            case "json", "ndjson", "jsonl" -> "nd-json";
            case "csv" -> "csv";
            case "tsv" -> "tsv";
            case "parquet" -> "parquet";
            case "avro" -> "avro_ocf";
            case "orc" -> "orc";
            default -> "";
          });
    }
    if (formats.size() != 1 || formats.contains("")) {
      source.bad(
          "formatSettings",
          "formatSettings is required: the names of the files do not tell one format.");
      return JSON;
    }
    return named(source, formats.iterator().next());
  }

  /** With the defaults of a format. */
  static FormatSettings named(Fields source, String format) {
    return switch (format) {
      case "nd-json" -> JSON;
      case "csv" -> csv(',', Optional.of('"'), List.of(), 0, Optional.of(DEFAULT_LIST_DELIMITER));
      case "tsv" -> csv('\t', Optional.empty(), List.of(), 0, Optional.of(DEFAULT_LIST_DELIMITER));
      case "parquet" -> TypedFormats.PARQUET;
      case "avro_ocf" -> TypedFormats.AVRO;
      default -> {
        source.unsupported(
            "formatSettings", "Files of " + format + " are not supported. Use nd-json or csv.");
        yield JSON;
      }
    };
  }

  private static FormatSettings regex(Fields settings) {
    Optional<String> pattern = settings.requiredText("pattern");
    List<String> columns = columns(settings);
    if (!settings.has("columns")) {
      settings.bad("columns", "columns is required: a name for each group of the pattern.");
    }
    try {
      int groups = pattern.map(text -> new RegularExpression(text).groups()).orElse(columns.size());
      if (groups == 0) {
        settings.bad("pattern", "pattern must have a group for each of the columns.");
      } else if (groups != columns.size() && settings.has("columns")) {
        settings.bad(
            "columns",
            "columns must name the %d groups of the pattern but names %d."
                .formatted(groups, columns.size()));
      } else if (pattern.isPresent() && settings.has("columns")) {
        return new FormatSettings(new RecordFormat.Regex(pattern.get()), columns);
      }
    } catch (IllegalArgumentException e) {
      settings.bad("pattern", e.getMessage() + ".");
    }
    return new FormatSettings(JSON.format(), columns);
  }

  private static List<String> columns(Fields settings) {
    List<String> columns = settings.texts("columns");
    if (new HashSet<>(columns).size() < columns.size()) {
      settings.bad("columns", "columns must not name a column twice.");
    }
    return columns;
  }

  private static FormatSettings csv(Fields settings) {
    char delimiter = character(settings, "delimiter").orElse(',');
    Optional<Character> quote =
        settings.has("quote")
            ? settings.text("quote").filter(String::isEmpty).isPresent()
                ? Optional.empty()
                : character(settings, "quote")
            : delimiter == ',' ? Optional.of('"') : Optional.empty();
    if (quote.filter(one -> one == delimiter).isPresent()) {
      settings.bad("quote", "quote must differ from delimiter.");
      quote = Optional.empty();
    }
    List<String> columns = columns(settings);
    int skipped = (int) settings.integer("skipHeaderRows", 0, MAX_SKIPPED, 0);
    return csv(delimiter, quote, columns, skipped, lists(settings, delimiter));
  }

  /** Where the default is the fields' own delimiter there are no lists. */
  private static Optional<Character> lists(Fields settings, char delimiter) {
    Optional<Character> given = character(settings, "listDelimiter");
    if (given.filter(one -> one == delimiter).isPresent()) {
      settings.bad("listDelimiter", "listDelimiter must differ from delimiter.");
      return Optional.empty();
    }
    return given.or(() -> Optional.of(DEFAULT_LIST_DELIMITER).filter(one -> one != delimiter));
  }

  private static FormatSettings csv(
      char delimiter,
      Optional<Character> quote,
      List<String> columns,
      int skipped,
      Optional<Character> lists) {
    return new FormatSettings(
        new RecordFormat.Csv(
            delimiter, quote, quote, Optional.empty(), skipped, columns.isEmpty(), lists),
        columns);
  }

  private static Optional<Character> character(Fields settings, String field) {
    Optional<String> text = settings.text(field);
    boolean one =
        text.filter(t -> t.length() == 1 && t.charAt(0) < 0x80 && !"\r\n".contains(t)).isPresent();
    if (text.isPresent() && !one) {
      settings.bad(field, field + " must be one ASCII character and no line end.");
      return Optional.empty();
    }
    return text.map(t -> t.charAt(0));
  }
}
