package io.penstock.control.expression;

import io.penstock.spec.Rollup;
import io.penstock.spec.expression.Expression;
import java.util.List;

/** What became of the text of an expression. */
public sealed interface Parsed {
  /** It can be computed; its type is the tree's. */
  record Valid(Expression expression) implements Parsed {}

  /**
   * It is computed of many rows; its type is the argument's.
   *
   * @param argument of every row; for a count, null where nothing counts
   */
  record Aggregated(Rollup.Function function, Expression argument) implements Parsed {}

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
   * @param later whether it is sound SQL of the dialect that is not offered here
   */
  record Problem(int line, int column, String message, boolean later) {
    /** It is wrong. */
    Problem(int line, int column, String message) {
      this(line, column, message, false);
    }
  }
}
