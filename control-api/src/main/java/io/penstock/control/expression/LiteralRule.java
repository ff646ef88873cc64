package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import java.util.Optional;

/** What a place in a function asks of literals. */
interface LiteralRule {
  /** Nothing. */
  LiteralRule NONE = argument -> Optional.empty();

  /** What is wrong, as a sentence; empty if nothing is. */
  Optional<String> refusal(Expression argument);
}
