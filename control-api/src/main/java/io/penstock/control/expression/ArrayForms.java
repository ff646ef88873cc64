package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;

/** Arrays, and the functions whose types depend on an array's elements. */
final class ArrayForms {
  private ArrayForms() {}

  private static ValueType arrayOf(ValueType element, SqlNode at) throws Mistake {
    return switch (element) {
      case VARCHAR -> ValueType.VARCHAR_ARRAY;
      case BIGINT -> ValueType.BIGINT_ARRAY;
      case DOUBLE, FLOAT -> ValueType.DOUBLE_ARRAY;
      default -> throw new Mistake(at, "There are no arrays of " + element + ".");
    };
  }

  private static ValueType elementOf(Expression array, SqlNode at) throws Mistake {
    return switch (array.type()) {
      case VARCHAR_ARRAY -> ValueType.VARCHAR;
      case BIGINT_ARRAY -> ValueType.BIGINT;
      case DOUBLE_ARRAY -> ValueType.DOUBLE;
      case FLOAT_ARRAY -> ValueType.FLOAT;
      default -> throw new Mistake(at, "Here stands an array, not " + array.type() + ".");
    };
  }

  /** {@code ARRAY[…]}. */
  static Expression array(SqlCall call, Typing typing) throws Mistake {
    List<Expression> elements = typing.all(call.getOperandList());
    ValueType common = typing.types().common(elements, call);
    ValueType type = arrayOf(common, call);
    List<Expression> made = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      ValueType element = common == ValueType.FLOAT ? ValueType.DOUBLE : common;
      made.add(typing.types().cast(elements.get(i), element, call.operand(i)));
    }
    return Typing.call(ScalarFunction.ARRAY, type, made);
  }

  /** An element by its place. */
  static SpecialForms.Form place(ScalarFunction function) {
    return (call, typing) -> {
      List<Expression> arguments = SpecialForms.arguments(call, typing, 2, 2);
      ValueType element = elementOf(arguments.get(0), call.operand(0));
      if (arguments.get(1).type() != ValueType.BIGINT) {
        throw new Mistake(call.operand(1), "The place of an element is BIGINT.");
      }
      return Typing.call(function, element, arguments);
    };
  }

  /** Of an array and either another or an element, the array first unless it is prepended to. */
  static SpecialForms.Form pair(
      ScalarFunction function, boolean takesElement, boolean takesArray, boolean asks) {
    return (call, typing) -> {
      List<Expression> given = SpecialForms.arguments(call, typing, 2, 2);
      int arrayAt = function == ScalarFunction.ARRAY_PREPEND ? 1 : 0;
      Expression array = given.get(arrayAt);
      ValueType element = elementOf(array, call.operand(arrayAt));
      Expression other = given.get(1 - arrayAt);
      boolean fits = takesArray && other.type() == array.type();
      if (!fits && takesElement && !other.type().isArray()) {
        other = element(other, element, call.operand(1 - arrayAt), typing);
        fits = true;
      }
      if (!fits) {
        throw new Mistake(
            call.operand(1 - arrayAt),
            "What stands beside " + array.type() + " cannot be " + other.type() + ".");
      }
      return Types.call(
          function,
          asks ? ValueType.BOOLEAN : array.type(),
          arrayAt == 0 ? array : other,
          arrayAt == 0 ? other : array);
    };
  }

  private static Expression element(Expression given, ValueType element, SqlNode at, Typing typing)
      throws Mistake {
    boolean numbers = given.type().isNumber() && element == ValueType.DOUBLE;
    if (given.type() != element && !numbers && !Types.isUntypedNull(given)) {
      throw new Mistake(at, "An element must be " + element + " but is " + given.type() + ".");
    }
    return typing.types().cast(given, element, at);
  }
}
