package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How an object's bytes are divided into records and fields. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RecordFormat.NdJson.class, name = "nd-json"),
  @JsonSubTypes.Type(value = RecordFormat.Csv.class, name = "csv")
})
public sealed interface RecordFormat {
  /** One JSON object per line. Blank lines are no records. */
  record NdJson() implements RecordFormat {}

  /**
   * Separated values; quoted fields may hold delimiters and line ends. Blank lines are no records.
   *
   * @param escape equal to {@code quote} when quotes are doubled
   * @param comment starts a line that is no record; 0 when there are no comments
   * @param skipLines physical lines dropped at the start of each object
   * @param header whether the first record after {@code skipLines} names the fields
   */
  record Csv(char delimiter, char quote, char escape, char comment, int skipLines, boolean header)
      implements RecordFormat {
    public Csv {
      Check.that(delimiter != quote, "delimiter must differ from quote but both were '%c'", quote);
      Check.that(delimiter != '\n' && delimiter != '\r', "delimiter must not be a line end");
      Check.that(skipLines >= 0, "skipLines must not be negative but was %d", skipLines);
    }
  }
}
