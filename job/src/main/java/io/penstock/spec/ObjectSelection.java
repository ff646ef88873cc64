package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** Which objects of a bucket are input. Zero-byte objects whose key ends in {@code /} never are. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ObjectSelection.Prefix.class, name = "prefix"),
  @JsonSubTypes.Type(value = ObjectSelection.ObjectOrFolder.class, name = "object-or-folder"),
  @JsonSubTypes.Type(value = ObjectSelection.Objects.class, name = "objects"),
  @JsonSubTypes.Type(value = ObjectSelection.Arrivals.class, name = "arrivals")
})
public sealed interface ObjectSelection {
  /** Every object whose key starts with the prefix; finding none is no error. */
  record Prefix(String prefix) implements ObjectSelection {
    public Prefix {
      Check.that(prefix != null, "prefix must be given");
    }
  }

  /**
   * The object of this key; if there is none, every object below {@code key + "/"}; if there is
   * none either, listing fails.
   */
  record ObjectOrFolder(String key) implements ObjectSelection {
    public ObjectOrFolder {
      Check.that(key != null && !key.isEmpty(), "key must not be empty");
    }
  }

  /** Exactly these keys, each once, in key order; a missing one fails the listing. */
  record Objects(List<String> keys) implements ObjectSelection {
    public Objects {
      keys = keys.stream().distinct().sorted(Utf8Order.INSTANCE).toList();
      Check.that(!keys.isEmpty(), "keys must not be empty");
    }
  }

  /**
   * Whatever plan segments appear in the job's folder, one behind the other; there is no last one.
   * The job lists nothing and ends only when it is stopped. Whoever writes the segments has
   * selected and bundled the objects.
   */
  record Arrivals() implements ObjectSelection {}
}
