package io.penstock.control.dialect.hydrolix;

import io.penstock.control.expression.ColumnCast;
import io.penstock.control.expression.InputSchema;
import io.penstock.control.expression.Parsed;
import io.penstock.control.expression.ScriptParser;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The scripts of columns, in the order of the columns: each sees what was converted, defaults, and
 * what the scripts before it gave. Pure.
 */
final class ColumnScripts {
  /** Scripts that use each other's results are computed anew wherever they are used. */
  private static final int MAX_PARTS = 10_000;

  private final List<ColumnSpec> columns;
  private final List<String> reasons;
  private final Map<Integer, Expression> parsed = new LinkedHashMap<>();
  private final Set<Integer> read = new HashSet<>();

  /**
   * @param columns that {@code row} has, in the order of the schema
   * @param scripts by name of the column, in the order in which they run
   * @param reasons to which is added, in full sentences, what cannot be executed
   */
  ColumnScripts(
      List<ColumnSpec> columns,
      InputSchema schema,
      Map<String, String> scripts,
      List<String> reasons) {
    this.columns = columns;
    this.reasons = reasons;
    ScriptParser parser = new ScriptParser(schema);
    for (Map.Entry<String, String> script : scripts.entrySet()) {
      Parsed result = parser.parse(script.getValue());
      if (result instanceof Parsed.Valid valid) {
        parsed.put(index(script.getKey()), valid.expression());
        collect(valid.expression());
      } else {
        String why = ((Parsed.Invalid) result).problems().get(0).message();
        refuse(script.getKey(), why);
      }
    }
  }

  private int index(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("column " + name + " is none of them");
  }

  private void collect(Expression expression) {
    if (expression instanceof Expression.Input input) {
      read.add(input.index());
    } else if (expression instanceof Expression.Call call) {
      call.arguments().forEach(this::collect);
    }
  }

  private void refuse(String column, String why) {
    reasons.add("Column %s: its script cannot be executed: %s".formatted(column, sentence(why)));
  }

  private static String sentence(String why) {
    return why.endsWith(".") ? why : why + ".";
  }

  /** Whether the column gets its value without nulls only when scripts have seen it with them. */
  boolean denullifiesLate(int column) {
    return columns.get(column).effectiveRules().denullify()
        && columns.get(column).type() != ColumnType.JSON
        && (read.contains(column) || parsed.containsKey(column));
  }

  /**
   * Puts what the scripts give in the place of what was converted.
   *
   * @param values one for each column
   */
  void run(ColumnCast cast, List<Expression> values) {
    for (Map.Entry<Integer, Expression> script : parsed.entrySet()) {
      ColumnSpec column = columns.get(script.getKey());
      ValueType wanted = values.get(script.getKey()).type();
      Expression made = inserted(script.getValue(), values);
      Optional<Expression> value =
          column.type() == ColumnType.JSON ? Optional.empty() : cast.to(column.type(), made);
      if (value.isEmpty() || value.get().type() != wanted) {
        refuse(column.name(), "It gives " + made.type() + ", which its type cannot take");
      } else if (parts(value.get(), MAX_PARTS) <= 0) {
        refuse(column.name(), "With the scripts that it uses it is too large");
        return;
      } else {
        values.set(script.getKey(), value.get());
      }
    }
  }

  /** What is left of so many parts. */
  private static int parts(Expression expression, int most) {
    int left = most - 1;
    if (expression instanceof Expression.Call call) {
      for (Expression argument : call.arguments()) {
        left = left <= 0 ? 0 : parts(argument, left);
      }
    }
    return left;
  }

  /** With what the inputs are by now. */
  static Expression inserted(Expression expression, List<Expression> values) {
    if (expression instanceof Expression.Input input) {
      return values.get(input.index());
    }
    if (expression instanceof Expression.Call call) {
      return new Expression.Call(
          call.function(),
          call.arguments().stream().map(argument -> inserted(argument, values)).toList(),
          call.type());
    }
    return expression;
  }
}
