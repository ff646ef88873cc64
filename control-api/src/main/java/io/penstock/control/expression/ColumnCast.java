package io.penstock.control.expression;

import io.penstock.spec.ColumnType;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Makes the value of an expression one that a column takes, as ClickHouse does on inserting. */
public final class ColumnCast {
  private static final long MILLIS = 1_000;
  private static final String TEXT_OF_TIME = "yyyy-MM-dd HH:mm:ss";

  private final Types types;

  /**
   * @param zone of times in texts without an offset
   */
  public ColumnCast(ZoneId zone) {
    this.types = new Types(zone);
  }

  /** Empty if values of the one type are none of the other. */
  public Optional<Expression> to(ColumnType column, Expression value) {
    if (Types.isUntypedNull(value)) {
      return Optional.of(Expression.Constant.none(nullOf(column)));
    }
    return switch (column) {
      case STRING -> text(value);
      case BOOLEAN -> bool(value);
      case INT32, INT64, UINT64 -> number(value, ValueType.BIGINT);
      case DOUBLE -> number(value, ValueType.DOUBLE);
      case TIMESTAMP -> time(value);
      case JSON -> Optional.of(value).filter(v -> v.type() == ValueType.JSON || v.type().isArray());
    };
  }

  private static ValueType nullOf(ColumnType column) {
    return switch (column) {
      case STRING -> ValueType.VARCHAR;
      case BOOLEAN -> ValueType.BOOLEAN;
      case INT32, INT64, UINT64 -> ValueType.BIGINT;
      case DOUBLE -> ValueType.DOUBLE;
      case TIMESTAMP -> ValueType.TIMESTAMP;
      case JSON -> ValueType.JSON;
    };
  }

  private static Expression cast(Expression value, ValueType type) {
    return value.type() == type ? value : Types.call(ScalarFunction.CAST, type, value);
  }

  private Optional<Expression> text(Expression value) {
    return switch (value.type()) {
      case VARCHAR, BIGINT -> Optional.of(cast(value, ValueType.VARCHAR));
      case BOOLEAN -> Optional.of(cast(cast(value, ValueType.BIGINT), ValueType.VARCHAR));
      case TIMESTAMP ->
          Optional.of(
              Types.call(
                  ScalarFunction.TIME_FORMAT,
                  ValueType.VARCHAR,
                  value,
                  Types.text(TEXT_OF_TIME),
                  types.zone()));
      default -> Optional.empty();
    };
  }

  private static Optional<Expression> bool(Expression value) {
    return switch (value.type()) {
      case BOOLEAN -> Optional.of(value);
      case BIGINT ->
          Optional.of(
              Types.call(ScalarFunction.NOT_EQUAL, ValueType.BOOLEAN, value, Types.whole(0)));
      default -> Optional.empty();
    };
  }

  private static Optional<Expression> number(Expression value, ValueType type) {
    boolean taken =
        value.type().isNumber()
            || value.type() == ValueType.VARCHAR
            || (value.type() == ValueType.BOOLEAN && type == ValueType.BIGINT);
    return taken ? Optional.of(cast(value, type)) : Optional.empty();
  }

  /** Numbers are seconds. */
  private Optional<Expression> time(Expression value) {
    return switch (value.type()) {
      case TIMESTAMP -> Optional.of(value);
      case VARCHAR -> Optional.of(types.timeParse(ScalarFunction.TIME_PARSE, value));
      case BIGINT ->
          Optional.of(
              cast(
                  Types.call(ScalarFunction.MULTIPLY, ValueType.BIGINT, value, Types.whole(MILLIS)),
                  ValueType.TIMESTAMP));
      default -> Optional.empty();
    };
  }

  /** The value, or the constant where it is null; of the value's type. */
  public static Expression orElse(Expression value, String constant) {
    return new Expression.Call(
        ScalarFunction.COALESCE,
        List.of(value, new Expression.Constant(value.type(), Optional.of(constant))),
        value.type());
  }
}
