package io.penstock.control.export;

import io.penstock.spec.export.TableColumn;
import io.penstock.spec.expression.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Those of a model's columns that a run reads, numbered in the order in which they are met. */
final class UsedColumns {
  private final List<TableColumn> all;
  private final Map<Integer, Integer> numbers = new LinkedHashMap<>();

  /**
   * @param all in the order of the model's columns
   */
  UsedColumns(List<TableColumn> all) {
    this.all = all;
  }

  int number(int index) {
    return numbers.computeIfAbsent(index, i -> numbers.size());
  }

  /** The same expression on {@link #columns()}. */
  Expression renumbered(Expression expression) {
    if (expression instanceof Expression.Input input) {
      return new Expression.Input(number(input.index()), input.type());
    }
    if (expression instanceof Expression.Call call) {
      List<Expression> arguments = new ArrayList<>();
      call.arguments().forEach(argument -> arguments.add(renumbered(argument)));
      return new Expression.Call(call.function(), arguments, call.type());
    }
    return expression;
  }

  List<TableColumn> columns() {
    return numbers.keySet().stream().map(all::get).toList();
  }
}
