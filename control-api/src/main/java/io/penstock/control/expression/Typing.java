package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/** Gives one expression's parts their types; collects every mistake. */
final class Typing {
  private static final int MAX_DEPTH = 200;

  private final InputSchema schema;
  private final FunctionCatalogue catalogue;
  private final SessionSettings settings;
  private final List<Parsed.Problem> problems;
  private final Types types;
  private int depth;

  Typing(
      InputSchema schema,
      FunctionCatalogue catalogue,
      SessionSettings settings,
      List<Parsed.Problem> problems) {
    this.schema = schema;
    this.catalogue = catalogue;
    this.settings = settings;
    this.problems = problems;
    this.types = new Types(settings.zone());
  }

  /** The whole expression; meaningless if there are problems then. */
  Expression whole(SqlNode node) {
    try {
      return of(node);
    } catch (Mistake e) {
      report(e);
      return Expression.Constant.none(ValueType.VARCHAR);
    }
  }

  void report(Mistake mistake) {
    if (!mistake.isReported()) {
      problems.add(mistake.problem());
    }
  }

  Types types() {
    return types;
  }

  SessionSettings settings() {
    return settings;
  }

  Expression of(SqlNode node) throws Mistake {
    if (depth == MAX_DEPTH) {
      throw new Mistake(node, "The expression is nested more than " + MAX_DEPTH + " deep.");
    }
    depth++;
    try {
      if (node instanceof SqlLiteral literal) {
        return Literals.of(literal, types);
      }
      if (node instanceof SqlIdentifier identifier) {
        return named(identifier);
      }
      if (node instanceof SqlDynamicParam) {
        throw new Mistake(node, "Parameters are not supported.");
      }
      if (node instanceof SqlCall call && !call.isA(SqlKind.QUERY)) {
        return call(call);
      }
      throw new Mistake(node, "Only scalar expressions are supported, no queries.");
    } finally {
      depth--;
    }
  }

  /** All of them, with every mistake that is in any. */
  List<Expression> all(List<SqlNode> nodes) throws Mistake {
    List<Expression> typed = new ArrayList<>();
    for (SqlNode node : nodes) {
      try {
        typed.add(of(node));
      } catch (Mistake e) {
        report(e);
      }
    }
    if (typed.size() < nodes.size()) {
      throw Mistake.reported();
    }
    return typed;
  }

  private Expression named(SqlIdentifier identifier) throws Mistake {
    String name = String.join(".", identifier.names);
    Optional<Expression> field = schema.find(name);
    if (field.isPresent()) {
      return field.get();
    }
    boolean bare = identifier.isSimple() && !identifier.isComponentQuoted(0);
    if (bare && Constants.isOne(name)) {
      return Constants.of(name, settings);
    }
    throw new Mistake(
        identifier,
        "Unknown input field \"" + name + "\"." + NearestName.hint(name, schema.names()));
  }

  private Expression call(SqlCall call) throws Mistake {
    Optional<SpecialForms.Form> form = catalogue.form(call).or(() -> SpecialForms.of(call));
    if (form.isPresent()) {
      return form.get().type(call, this);
    }
    String name = call.getOperator().getName();
    if (!(call.getOperator() instanceof SqlFunction)) {
      throw new Mistake(call, "Operator " + name + " is not supported.");
    }
    if (Constants.isOne(name) && call.operandCount() == 0) {
      return Constants.of(name, settings);
    }
    if (call.getFunctionQuantifier() != null) {
      throw new Mistake(call, "DISTINCT is not supported here.");
    }
    return function(name, call);
  }

  private Expression function(String name, SqlCall call) throws Mistake {
    Optional<List<Signature>> known = catalogue.find(name);
    if (known.isEmpty()) {
      throw catalogue.refusal(call).orElseGet(() -> unknown(name, call));
    }
    return apply(known.get(), all(call.getOperandList()), call);
  }

  private Mistake unknown(String name, SqlCall call) {
    return new Mistake(
        call,
        "Unknown function "
            + name.toUpperCase(Locale.ROOT)
            + "."
            + NearestName.hint(name, catalogue.names()));
  }

  /** A call of the first signature that takes the arguments. */
  Expression apply(List<Signature> signatures, List<Expression> arguments, SqlCall call)
      throws Mistake {
    Mistake first = null;
    for (Signature signature : signatures) {
      try {
        return Application.of(signature, arguments, call, types);
      } catch (Mistake e) {
        first = first == null ? e : first;
      }
    }
    throw first;
  }

  /** A call whose arguments were typed; fit for operators. */
  static Expression call(ScalarFunction function, ValueType type, List<Expression> arguments) {
    return new Expression.Call(function, arguments, type);
  }
}
