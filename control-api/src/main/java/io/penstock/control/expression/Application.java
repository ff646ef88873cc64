package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;

/** Arguments put into a signature's places. */
final class Application {
  private Application() {}

  static Expression of(Signature signature, List<Expression> arguments, SqlCall call, Types types)
      throws Mistake {
    String name = signature.name();
    if (!signature.takes(arguments.size())) {
      throw new Mistake(
          call,
          name + " takes " + signature.counts() + " arguments, not " + arguments.size() + ".");
    }
    for (int i = 0; i < arguments.size(); i++) {
      check(signature, i, arguments.get(i), place(call, i));
    }
    ValueType number = number(signature, arguments);
    List<Expression> made = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      ParameterKind kind = signature.parameter(i);
      Optional<ValueType> type = kind == ParameterKind.NUMBER ? Optional.of(number) : kind.madeTo();
      Expression argument = arguments.get(i);
      made.add(type.isPresent() ? types.cast(argument, type.get(), place(call, i)) : argument);
    }
    return new Expression.Call(
        signature.function(), filled(signature, made, types), signature.result().of(made));
  }

  /** Where the last place is a zone, all are filled: others with null. */
  private static List<Expression> filled(Signature signature, List<Expression> made, Types types) {
    List<ParameterKind> kinds = signature.parameters();
    if (kinds.isEmpty() || kinds.get(kinds.size() - 1) != ParameterKind.ZONE) {
      return made;
    }
    List<Expression> filled = new ArrayList<>(made);
    while (filled.size() < kinds.size()) {
      ParameterKind kind = kinds.get(filled.size());
      filled.add(
          kind == ParameterKind.ZONE
              ? types.zone()
              : Expression.Constant.none(kind.madeTo().orElse(ValueType.VARCHAR)));
    }
    return filled;
  }

  private static SqlNode place(SqlCall call, int index) {
    return index < call.operandCount() && call.operand(index) != null ? call.operand(index) : call;
  }

  private static void check(Signature signature, int index, Expression argument, SqlNode at)
      throws Mistake {
    ParameterKind kind = signature.parameter(index);
    if (!kind.accepts(argument)) {
      throw new Mistake(
          at,
          "Argument %d of %s must be %s but is %s.%s"
              .formatted(
                  index + 1,
                  signature.name(),
                  kind.described(),
                  argument.type(),
                  Hints.forArgument(kind, argument.type())));
    }
    Optional<String> refusal = kind.refusal(argument);
    if (refusal.isPresent()) {
      throw new Mistake(at, refusal.get());
    }
  }

  /** What all arguments that are numbers become. */
  private static ValueType number(Signature signature, List<Expression> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      Expression argument = arguments.get(i);
      if (signature.parameter(i) == ParameterKind.NUMBER
          && !Types.isUntypedNull(argument)
          && argument.type() != ValueType.BIGINT) {
        return ValueType.DOUBLE;
      }
    }
    return ValueType.BIGINT;
  }
}
