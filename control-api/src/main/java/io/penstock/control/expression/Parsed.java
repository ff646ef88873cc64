package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import java.util.List;

/** What became of the text of an expression. */
public sealed interface Parsed {
  /** It can be computed; its type is the tree's. */
  record Valid(Expression expression) implements Parsed {}

  /**
   * It cannot.
   *
   * @param problems in the text's order, at least one
   */
  record Invalid(List<Problem> problems) implements Parsed {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }

  /**
   * One mistake.
   *
   * @param line from 1
   * @param column from 1, in characters
   * @param message a sentence for whoever wrote the expression
   */
  record Problem(int line, int column, String message) {}
}
