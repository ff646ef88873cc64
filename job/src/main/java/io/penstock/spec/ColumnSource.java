package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Where in a record a column's value is found. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ColumnSource.Field.class, name = "field"),
  @JsonSubTypes.Type(value = ColumnSource.Position.class, name = "position"),
  @JsonSubTypes.Type(value = ColumnSource.None.class, name = "none")
})
public sealed interface ColumnSource {
  /** A top-level JSON key, or a CSV header name; case-sensitive. */
  record Field(String name) implements ColumnSource {
    public Field {
      Check.that(name != null, "name must be given");
    }
  }

  /** A CSV field, counted from 0; past the end of a record the value is absent. */
  record Position(int index) implements ColumnSource {
    public Position {
      Check.that(index >= 0, "index must not be negative but was %d", index);
    }
  }

  /** Nowhere: the column's default, or null. */
  record None() implements ColumnSource {}
}
