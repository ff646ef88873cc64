package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What became of the text of a SELECT from one table. */
public sealed interface Selected {
  /**
   * It can be computed row by row.
   *
   * @param items in their order
   * @param fields of the schema that anything of it names
   */
  record Valid(List<Item> items, Optional<Expression> condition, Set<String> fields)
      implements Selected {
    public Valid {
      items = List.copyOf(items);
      fields = Set.copyOf(fields);
    }
  }

  /**
   * A column of the result.
   *
   * @param text of the expression, as it was written
   */
  record Item(String alias, String text, Expression expression) {}

  /**
   * It cannot.
   *
   * @param what the name or sentence that the reason is about; may be empty
   */
  record Refused(Reason reason, String what) implements Selected {}

  /** Why not. */
  enum Reason {
    /** It is no SELECT; what the parser says. */
    SYNTAX,
    /** Several SELECTs put together. */
    UNION,
    NO_TABLE,
    WITH,
    FROM_SUBQUERY,
    JOIN,
    OTHER_TABLE,
    SUBQUERY,
    /** Something that needs more than one row. */
    AGGREGATION,
    UNKNOWN_FIELD,
    UNKNOWN_FUNCTION,
    /** An item that is no field and has no alias. */
    NO_ALIAS,
    /** Types do not fit, or something else: a sentence. */
    INVALID
  }
}
