package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.penstock.spec.expression.RegularExpression;
import java.util.Optional;

/** How an object's bytes are divided into records and fields. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RecordFormat.NdJson.class, name = "nd-json"),
  @JsonSubTypes.Type(value = RecordFormat.Json.class, name = "json"),
  @JsonSubTypes.Type(value = RecordFormat.Csv.class, name = "csv"),
  @JsonSubTypes.Type(value = RecordFormat.Regex.class, name = "regex"),
  @JsonSubTypes.Type(value = RecordFormat.Parquet.class, name = "parquet"),
  @JsonSubTypes.Type(value = RecordFormat.Avro.class, name = "avro"),
})
public sealed interface RecordFormat {
  /** Physical lines that are dropped at the start of each object. */
  default int headLines() {
    return 0;
  }

  /**
   * Whether values have types of their own, rather than being text. What does not convert to the
   * type of an input is null then, and its row is one with a warning.
   */
  default boolean typed() {
    return false;
  }

  /** Whether parts of an object can be read without what is before them. */
  default boolean divisible() {
    return false;
  }

  /** One JSON object per line. Blank lines are no records. */
  record NdJson() implements RecordFormat {}

  /**
   * JSON objects, each over any number of lines, one after another or in arrays. After a syntax
   * error reading goes on behind the next line end.
   *
   * @param flattening absent when nested values stay nested
   * @param envelope what the input is wrapped in; absent if in nothing
   */
  record Json(Optional<Flattening> flattening, Optional<Envelope> envelope)
      implements RecordFormat {
    /** In no envelope. */
    public Json(Optional<Flattening> flattening) {
      this(flattening, Optional.empty());
    }
  }

  /** Carries input of the same format inside. */
  enum Envelope {
    /** {@code {"records": [{"data": base64}]}}, any number of them. */
    FIREHOSE
  }

  /**
   * Nested values become members of the record. A child's name is its parent's, {@link
   * Affixes#left}, its own or its index from 0, and {@link Affixes#right}.
   *
   * @param depth levels that are flattened; 0 for all
   * @param objects absent when objects stay nested
   * @param arrays absent when arrays stay nested
   */
  record Flattening(int depth, Optional<Affixes> objects, Optional<Affixes> arrays) {
    public Flattening {
      Check.that(depth >= 0, "depth must not be negative but was %d", depth);
    }
  }

  /** What is put around a child's own name. */
  record Affixes(String left, String right) {
    public Affixes {
      Check.that(left != null && right != null, "left and right must be given");
    }
  }

  /**
   * A line is a record; the pattern matches the whole of it, and its groups are the fields.
   *
   * @param pattern see {@link RegularExpression}
   */
  record Regex(String pattern) implements RecordFormat {
    public Regex {
      Check.that(new RegularExpression(pattern).groups() > 0, "pattern must have groups");
    }
  }

  /**
   * Separated values; quoted fields may hold delimiters and line ends. Blank lines are no records.
   * All characters are ASCII, so that each is one byte, and none is a line end.
   *
   * @param quote absent when quotes are ordinary characters
   * @param escape makes the next character ordinary; absent, or equal to {@code quote}, when quotes
   *     inside quotes are doubled
   * @param comment starts a line that is no record; absent when there are no comments
   * @param skipLines physical lines dropped at the start of each object
   * @param header whether the first record after {@code skipLines} names the fields
   * @param listDelimiter stands between the elements of a field that is a list, and makes it one;
   *     absent when fields are no lists. A field of a {@link ColumnType#JSON} column that is no
   *     list is a string then
   */
  record Csv(
      char delimiter,
      Optional<Character> quote,
      Optional<Character> escape,
      Optional<Character> comment,
      int skipLines,
      boolean header,
      Optional<Character> listDelimiter)
      implements RecordFormat {
    private static final int LAST_ASCII = 0x7f;

    public Csv {
      Check.that(
          quote.isEmpty() || quote.get() != delimiter,
          "delimiter must differ from quote but both were '%c'",
          delimiter);
      Check.that(
          escape.isEmpty() || escape.get() != delimiter,
          "delimiter must differ from escape but both were '%c'",
          delimiter);
      checkCharacter("delimiter", Optional.of(delimiter));
      checkCharacter("quote", quote);
      checkCharacter("escape", escape);
      checkCharacter("comment", comment);
      checkCharacter("listDelimiter", listDelimiter);
      Check.that(
          listDelimiter.isEmpty() || listDelimiter.get() != delimiter,
          "listDelimiter must differ from delimiter but both were '%c'",
          delimiter);
      Check.that(skipLines >= 0, "skipLines must not be negative but was %d", skipLines);
    }

    /** Fields are no lists. */
    public Csv(
        char delimiter,
        Optional<Character> quote,
        Optional<Character> escape,
        Optional<Character> comment,
        int skipLines,
        boolean header) {
      this(delimiter, quote, escape, comment, skipLines, header, Optional.empty());
    }

    private static void checkCharacter(String name, Optional<Character> character) {
      int code = character.map(c -> (int) c).orElse(0);
      Check.that(code <= LAST_ASCII, "%s must be ASCII but was U+%04X", name, code);
      Check.that(code != '\n' && code != '\r', "%s must not be a line end", name);
    }

    @Override
    public int headLines() {
      return skipLines;
    }

    /** The character that makes the next one ordinary, unless that is done by doubling quotes. */
    @JsonIgnore
    public Optional<Character> separateEscape() {
      return escape.equals(quote) ? Optional.empty() : escape;
    }
  }

  /**
   * Parquet files, of which the row groups can be read apart.
   *
   * @param binaryAsString whether bytes that the file does not call text are text all the same;
   *     otherwise they are base64
   */
  record Parquet(boolean binaryAsString) implements RecordFormat {
    @Override
    public boolean typed() {
      return true;
    }

    @Override
    public boolean divisible() {
      return true;
    }
  }

  /**
   * Object container files of Avro.
   *
   * @param binaryAsString as in {@link Parquet}
   * @param extractUnionsByType whether a value of a union of several types is an object that has
   *     the value under its type's name, rather than the value alone
   * @param schema the reader's, as JSON; absent if that of each file is
   */
  record Avro(boolean binaryAsString, boolean extractUnionsByType, Optional<String> schema)
      implements RecordFormat {
    public Avro {
      Check.that(schema != null, "schema must be given");
    }

    @Override
    public boolean typed() {
      return true;
    }
  }
}
