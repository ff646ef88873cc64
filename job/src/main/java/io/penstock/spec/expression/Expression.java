package io.penstock.spec.expression;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.penstock.spec.Check;
import java.util.List;
import java.util.Optional;

/** A typed expression; nobody checks types after it has been made. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Expression.Input.class, name = "input"),
  @JsonSubTypes.Type(value = Expression.Constant.class, name = "constant"),
  @JsonSubTypes.Type(value = Expression.Call.class, name = "call")
})
public sealed interface Expression {
  ValueType type();

  /**
   * The value of one of the {@link io.penstock.spec.Computation}'s inputs.
   *
   * @param index among the inputs, from 0
   */
  record Input(int index, ValueType type) implements Expression {
    public Input {
      Check.that(index >= 0, "index must not be negative but was %d", index);
      Check.that(type != null, "type must be given");
    }
  }

  /**
   * The same value in every row.
   *
   * @param value absent for null. Text as it is, booleans {@code true} and {@code false}, numbers
   *     in decimal, timestamps in microseconds
   */
  record Constant(ValueType type, Optional<String> value) implements Expression {
    public Constant {
      Check.that(type != null && value != null, "type and value must be given");
    }

    /** Null. */
    public static Constant none(ValueType type) {
      return new Constant(type, Optional.empty());
    }
  }

  /** A function of other expressions. */
  record Call(ScalarFunction function, List<Expression> arguments, ValueType type)
      implements Expression {
    public Call {
      Check.that(function != null && type != null, "function and type must be given");
      arguments = List.copyOf(arguments);
    }
  }
}
