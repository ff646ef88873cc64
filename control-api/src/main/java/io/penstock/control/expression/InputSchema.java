package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The fields that an expression may name, in the order of the {@link
 * io.penstock.spec.Computation}'s inputs.
 */
public record InputSchema(List<Field> fields) {
  public InputSchema {
    fields = List.copyOf(fields);
    Set<String> names = new HashSet<>();
    for (Field field : fields) {
      if (!names.add(field.name())) {
        throw new IllegalArgumentException("field " + field.name() + " must occur once");
      }
    }
  }

  /**
   * A field.
   *
   * @param name case-sensitive
   */
  public record Field(String name, ValueType type) {}

  /** The field of exactly this name. */
  Optional<Expression> find(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return Optional.of(new Expression.Input(i, fields.get(i).type()));
      }
    }
    return Optional.empty();
  }

  List<String> names() {
    return fields.stream().map(Field::name).toList();
  }
}
