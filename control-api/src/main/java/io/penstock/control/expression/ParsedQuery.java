package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import java.util.List;
import java.util.Optional;

/** What became of the text of a query over the rows of a stream. */
public sealed interface ParsedQuery {
  /**
   * It can be computed row by row.
   *
   * @param filter rows for which it is not true are dropped
   */
  record Valid(List<Item> items, Optional<Expression> filter) implements ParsedQuery {
    public Valid {
      items = List.copyOf(items);
    }
  }

  /**
   * It cannot.
   *
   * @param messages sentences for whoever wrote it, at least one
   */
  record Invalid(List<String> messages) implements ParsedQuery {
    public Invalid {
      messages = List.copyOf(messages);
    }
  }

  /** A column of the result. */
  record Item(String name, Expression expression) {}
}
