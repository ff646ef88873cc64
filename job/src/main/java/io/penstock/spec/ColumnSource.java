package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** Where in a record a column's value is found. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ColumnSource.Field.class, name = "field"),
  @JsonSubTypes.Type(value = ColumnSource.Position.class, name = "position"),
  @JsonSubTypes.Type(value = ColumnSource.FirstField.class, name = "first-field"),
  @JsonSubTypes.Type(value = ColumnSource.Pointers.class, name = "pointers"),
  @JsonSubTypes.Type(value = ColumnSource.Automatic.class, name = "automatic"),
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
    /** Above it no record has fields; it bounds what is kept for each. */
    public static final int MAX_INDEX = 1_000_000;

    public Position {
      Check.that(index >= 0, "index must not be negative but was %d", index);
    }
  }

  /** The first of these top-level JSON keys that the record has, even if its value is null. */
  record FirstField(List<String> names) implements ColumnSource {
    public FirstField {
      names = List.copyOf(names);
      Check.that(!names.isEmpty(), "names must not be empty");
    }
  }

  /** The first of these JSON pointers (RFC 6901) that leads to a value, even if that is null. */
  record Pointers(List<String> pointers) implements ColumnSource {
    public Pointers {
      pointers = List.copyOf(pointers);
      Check.that(!pointers.isEmpty(), "pointers must not be empty");
      for (String pointer : pointers) {
        Check.that(
            pointer.isEmpty() || pointer.startsWith("/"),
            "pointer must be empty or begin with / but was %s",
            pointer);
      }
    }
  }

  /** Not from the record: what is known when it is read. */
  record Automatic(AutomaticValue value) implements ColumnSource {
    public Automatic {
      Check.that(value != null, "value must be given");
    }
  }

  /** Nowhere: the column's default, or null. */
  record None() implements ColumnSource {}
}
