package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What a JSON column's value is made of. Of the columns that stand for elements name, source and
 * field id mean nothing.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Elements.Array.class, name = "array"),
  @JsonSubTypes.Type(value = Elements.Map.class, name = "map")
})
public sealed interface Elements {
  /** An array, each element converted like a value of the column. */
  record Array(ColumnSpec element) implements Elements {
    public Array {
      Check.that(element != null, "element must be given");
    }
  }

  /** An object, each name and each value converted like a value of the column. */
  record Map(ColumnSpec key, ColumnSpec value) implements Elements {
    public Map {
      Check.that(key != null && value != null, "key and value must be given");
    }
  }
}
