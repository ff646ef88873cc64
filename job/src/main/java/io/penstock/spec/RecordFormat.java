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
  @JsonSubTypes.Type(value = RecordFormat.Regex.class, name = "regex")
})
public sealed interface RecordFormat {
  /** Physical lines that are dropped at the start of each object. */
  default int headLines() {
    return 0;
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
   */
  record Csv(
      char delimiter,
      Optional<Character> quote,
      Optional<Character> escape,
      Optional<Character> comment,
      int skipLines,
      boolean header)
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
      Check.that(skipLines >= 0, "skipLines must not be negative but was %d", skipLines);
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
}
