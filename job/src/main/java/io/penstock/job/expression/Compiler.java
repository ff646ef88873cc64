package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes nodes of expressions. A call of constants alone is computed once. */
final class Compiler {
  private final ColumnVector[] inputs;
  private final boolean[] unsigned;

  /**
   * @param inputs of the batch in hand; looked at whenever a node is evaluated
   */
  Compiler(ColumnVector[] inputs, boolean[] unsigned) {
    this.inputs = inputs;
    this.unsigned = unsigned;
  }

  Node compile(Expression expression) {
    if (expression instanceof Expression.Input input) {
      return unsigned[input.index()]
          ? new UnsignedInputNode(inputs, input.index())
          : new InputNode(inputs, input.index());
    }
    if (expression instanceof Expression.Constant constant) {
      return new ConstantNode(constant);
    }
    Expression.Call call = (Expression.Call) expression;
    return Folding.of(call, call(call));
  }

  private List<Node> all(List<Expression> expressions) {
    List<Node> nodes = new ArrayList<>();
    expressions.forEach(expression -> nodes.add(compile(expression)));
    return nodes;
  }

  private Node call(Expression.Call call) {
    List<Expression> arguments = call.arguments();
    return switch (call.function()) {
      case AND -> new LogicNode(all(arguments), 0);
      case OR -> new LogicNode(all(arguments), 1);
      case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE ->
          new TestNode(compile(arguments.get(0)), test(call.function()));
      case EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          IS_DISTINCT,
          IS_NOT_DISTINCT ->
          new ComparisonNode(
              call.function(),
              compile(arguments.get(0)),
              compile(arguments.get(1)),
              Values.order(arguments.get(0).type()));
      case IN -> in(arguments);
      case CASE -> new CaseNode(all(arguments), call.type());
      case COALESCE -> new CoalesceNode(all(arguments), call.type());
      case GREATEST -> new ExtremeNode(all(arguments), call.type(), 1);
      case LEAST -> new ExtremeNode(all(arguments), call.type(), -1);
      default -> strict(call);
    };
  }

  private static TestNode.Test test(ScalarFunction function) {
    return switch (function) {
      case IS_NULL -> (values, row) -> values.isNull(row);
      case IS_NOT_NULL -> (values, row) -> !values.isNull(row);
      case IS_TRUE -> (values, row) -> !values.isNull(row) && values.longAt(row) != 0;
      case IS_NOT_TRUE -> (values, row) -> values.isNull(row) || values.longAt(row) == 0;
      case IS_FALSE -> (values, row) -> !values.isNull(row) && values.longAt(row) == 0;
      default -> (values, row) -> values.isNull(row) || values.longAt(row) != 0;
    };
  }

  private Node in(List<Expression> arguments) {
    List<String> constants = new ArrayList<>();
    for (Expression constant : arguments.subList(1, arguments.size())) {
      constants.add(constant(constant).orElseThrow());
    }
    return new InNode(compile(arguments.get(0)), arguments.get(0).type(), constants);
  }

  private Node strict(Expression.Call call) {
    ScalarFunction function = call.function();
    boolean quiet =
        function == ScalarFunction.TRY_CAST
            || function == ScalarFunction.TRY_CAST_INTEGER
            || function == ScalarFunction.TRY_TIME_PARSE
            || function == ScalarFunction.TRY_PARSE_JSON
            || function == ScalarFunction.SAFE_DIVIDE;
    boolean takesNull =
        function == ScalarFunction.JSON_OBJECT
            || function == ScalarFunction.STRING_FORMAT
            || function == ScalarFunction.ARRAY
            || function == ScalarFunction.IPV4_MATCH
            || function == ScalarFunction.IPV6_MATCH;
    List<Expression> evaluated = evaluated(call);
    return new StrictNode(
        all(evaluated), function(call), call.type().columnType(), quiet, takesNull);
  }

  /** Without the constants that are part of the function. */
  private static List<Expression> evaluated(Expression.Call call) {
    List<Expression> arguments = call.arguments();
    return switch (call.function()) {
      case LIKE,
          TIME_PARSE,
          TRY_TIME_PARSE,
          TIME_FLOOR,
          TIME_CEIL,
          TIME_EXTRACT,
          TIME_FORMAT,
          REGEXP_LIKE,
          REGEXP_EXTRACT,
          REGEXP_REPLACE,
          JSON_VALUE,
          JSON_QUERY,
          JSON_KEYS,
          IPV4_MATCH,
          IPV6_MATCH ->
          arguments.subList(0, 1);
      case TIME_SHIFT -> List.of(arguments.get(0), arguments.get(2));
      case TIME_DIFF -> arguments.subList(0, 2);
      case STRING_FORMAT -> arguments.subList(1, arguments.size());
      default -> arguments;
    };
  }

  private static RowFunction function(Expression.Call call) {
    List<Expression> arguments = call.arguments();
    ValueType first = arguments.get(0).type();
    return switch (call.function()) {
      case NOT -> (a, row, result, losses) -> result.setLong(row, 1 - a[0].longAt(row));
      case CAST, TRY_CAST -> Conversions.of(first, call.type());
      case CAST_INTEGER, TRY_CAST_INTEGER -> Conversions.toInteger(first);
      case LIKE -> like(arguments);
      case TIME_PARSE,
          TRY_TIME_PARSE,
          TIME_FLOOR,
          TIME_CEIL,
          TIME_SHIFT,
          TIME_EXTRACT,
          TIME_FORMAT,
          TIME_DIFF ->
          Times.of(call.function(), arguments);
      case REGEXP_LIKE, REGEXP_EXTRACT, REGEXP_REPLACE -> Regexes.of(call.function(), arguments);
      case CONCAT,
          LENGTH,
          LOWER,
          UPPER,
          REVERSE,
          REPEAT,
          SUBSTRING,
          LEFT,
          RIGHT,
          LPAD,
          RPAD,
          BTRIM,
          LTRIM,
          RTRIM,
          STRPOS,
          REPLACE,
          CONTAINS_STRING,
          ICONTAINS_STRING,
          DECODE_BASE64_UTF8 ->
          Texts.of(call.function());
      case STRING_FORMAT -> TextFormats.of(arguments);
      case JSON_VALUE,
          JSON_QUERY,
          JSON_KEYS,
          JSON_PATHS,
          JSON_OBJECT,
          PARSE_JSON,
          TRY_PARSE_JSON,
          TO_JSON_STRING ->
          JsonFunctions.of(call);
      case ARRAY,
          STRING_TO_ARRAY,
          ARRAY_TO_STRING,
          ARRAY_LENGTH,
          ARRAY_OFFSET,
          ARRAY_ORDINAL,
          ARRAY_CONTAINS,
          ARRAY_OVERLAP,
          ARRAY_CONCAT,
          ARRAY_APPEND,
          ARRAY_PREPEND,
          ARRAY_SLICE ->
          Arrays.of(call);
      case IPV4_PARSE, IPV4_STRINGIFY, IPV4_MATCH, IPV6_MATCH -> IpAddresses.of(call);
      default -> Numeric.of(call.function(), first == ValueType.BIGINT);
    };
  }

  private static RowFunction like(List<Expression> arguments) {
    Optional<String> pattern = constant(arguments.get(1));
    if (pattern.isEmpty()) {
      return (a, row, result, losses) -> result.setNull(row);
    }
    int escape =
        arguments.size() > 2
            ? constant(arguments.get(2)).map(text -> text.codePointAt(0)).orElse(-1)
            : -1;
    LikePattern like = new LikePattern(pattern.get(), escape);
    return (a, row, result, losses) ->
        Values.set(result, row, like.matches(Values.text(a[0], row)));
  }

  private static Optional<String> constant(Expression expression) {
    return ((Expression.Constant) expression).value();
  }
}
