package io.penstock.control.dialect.polaris;

import io.penstock.spec.Computation;
import io.penstock.spec.expression.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Those of many inputs that expressions use, numbered anew in the order in which they are met. */
final class UsedInputs {
  private final List<Computation.Input> all;
  private final Map<Integer, Integer> numbers = new LinkedHashMap<>();

  UsedInputs(List<Computation.Input> all) {
    this.all = all;
  }

  /** The same expression on {@link #inputs()}. */
  Expression renumbered(Expression expression) {
    if (expression instanceof Expression.Input input) {
      int number = numbers.computeIfAbsent(input.index(), index -> numbers.size());
      return new Expression.Input(number, input.type());
    }
    if (expression instanceof Expression.Call call) {
      List<Expression> arguments = new ArrayList<>();
      call.arguments().forEach(argument -> arguments.add(renumbered(argument)));
      return new Expression.Call(call.function(), arguments, call.type());
    }
    return expression;
  }

  List<Computation.Input> inputs() {
    return numbers.keySet().stream().map(all::get).toList();
  }
}
