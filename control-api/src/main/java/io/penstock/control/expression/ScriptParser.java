package io.penstock.control.expression;

import io.penstock.spec.expression.Expression;
import java.util.List;
import org.mozilla.javascript.CompilerEnvirons;
import org.mozilla.javascript.EvaluatorException;
import org.mozilla.javascript.Parser;
import org.mozilla.javascript.Token;
import org.mozilla.javascript.ast.AstNode;
import org.mozilla.javascript.ast.AstRoot;
import org.mozilla.javascript.ast.ConditionalExpression;
import org.mozilla.javascript.ast.ElementGet;
import org.mozilla.javascript.ast.ExpressionStatement;
import org.mozilla.javascript.ast.FunctionCall;
import org.mozilla.javascript.ast.InfixExpression;
import org.mozilla.javascript.ast.KeywordLiteral;
import org.mozilla.javascript.ast.Name;
import org.mozilla.javascript.ast.NewExpression;
import org.mozilla.javascript.ast.NumberLiteral;
import org.mozilla.javascript.ast.ParenthesizedExpression;
import org.mozilla.javascript.ast.PropertyGet;
import org.mozilla.javascript.ast.StringLiteral;
import org.mozilla.javascript.ast.UnaryExpression;

/**
 * JavaScript expressions over {@code row['column']} to the typed trees that a job computes: of one
 * type each, which is known before any row is. Nothing is run. Thread-safe.
 */
public final class ScriptParser {
  private static final int MAX_LENGTH = 16 * 1024;
  private static final String ROW = "row";

  private final InputSchema schema;
  private final ScriptOperators operators = new ScriptOperators();
  private final ScriptFunctions functions = new ScriptFunctions(operators);

  /**
   * @param schema what {@code row} has
   */
  public ScriptParser(InputSchema schema) {
    this.schema = schema;
  }

  /** Valid, or invalid with one problem. */
  public Parsed parse(String script) {
    try {
      return new Parsed.Valid(typed(tree(script)));
    } catch (ScriptMistake e) {
      return invalid(e.getMessage());
    } catch (EvaluatorException e) {
      return invalid("It is no JavaScript expression: " + e.details() + ".");
    } catch (StackOverflowError e) {
      return invalid("It is nested too deeply.");
    }
  }

  private static Parsed invalid(String message) {
    return new Parsed.Invalid(List.of(new Parsed.Problem(1, 1, message)));
  }

  private static AstNode tree(String script) {
    if (script.length() > MAX_LENGTH) {
      throw new EvaluatorException("it is longer than " + MAX_LENGTH + " characters");
    }
    CompilerEnvirons environment = new CompilerEnvirons();
    environment.setRecoverFromErrors(false);
    // In parentheses no statement is one.
    AstRoot root = new Parser(environment).parse("(" + script + "\n)", "script", 1);
    AstNode only = (AstNode) root.getFirstChild();
    if (!(only instanceof ExpressionStatement statement) || only.getNext() != null) {
      throw new EvaluatorException("it has more than one statement");
    }
    return statement.getExpression();
  }

  Expression typed(AstNode node) throws ScriptMistake {
    if (node instanceof ParenthesizedExpression inner) {
      return typed(inner.getExpression());
    }
    if (node instanceof NumberLiteral number) {
      return number(number);
    }
    if (node instanceof StringLiteral text) {
      return Types.text(text.getValue());
    }
    if (node instanceof KeywordLiteral || node instanceof Name) {
      return word(node);
    }
    if (node instanceof UnaryExpression unary) {
      return operators.unary(unary, typed(unary.getOperand()));
    }
    if (node instanceof ConditionalExpression choice) {
      return operators.choice(
          node,
          typed(choice.getTestExpression()),
          typed(choice.getTrueExpression()),
          typed(choice.getFalseExpression()));
    }
    return compound(node);
  }

  private Expression compound(AstNode node) throws ScriptMistake {
    if (node instanceof PropertyGet property) {
      String name = property.getProperty().getIdentifier();
      return isRow(property.getTarget())
          ? input(node, name)
          : functions.property(node, typed(property.getTarget()), name);
    }
    if (node instanceof ElementGet element
        && isRow(element.getTarget())
        && element.getElement() instanceof StringLiteral name) {
      return input(node, name.getValue());
    }
    if (node instanceof NewExpression made) {
      return functions.made(node, name(made.getTarget()), all(made.getArguments()));
    }
    if (node instanceof FunctionCall call) {
      return call(call);
    }
    if (node instanceof InfixExpression infix && operators.knows(infix.getType())) {
      return operators.infix(infix, typed(infix.getLeft()), typed(infix.getRight()));
    }
    throw new ScriptMistake(node, "This is not supported in scripts");
  }

  private Expression call(FunctionCall call) throws ScriptMistake {
    List<Expression> arguments = all(call.getArguments());
    if (!(call.getTarget() instanceof PropertyGet method)) {
      return functions.function(call, name(call.getTarget()), arguments);
    }
    String name = method.getProperty().getIdentifier();
    return name(method.getTarget()).equals("Math")
        ? functions.math(call, name, arguments)
        : functions.method(call, typed(method.getTarget()), name, arguments);
  }

  private List<Expression> all(List<AstNode> nodes) throws ScriptMistake {
    List<Expression> all = new java.util.ArrayList<>();
    for (AstNode node : nodes) {
      all.add(typed(node));
    }
    return all;
  }

  private static String name(AstNode node) {
    return node instanceof Name name ? name.getIdentifier() : "";
  }

  private static boolean isRow(AstNode node) {
    return name(node).equals(ROW);
  }

  private Expression input(AstNode node, String column) throws ScriptMistake {
    return schema
        .find(column)
        .orElseThrow(() -> new ScriptMistake(node, "There is no column " + column));
  }

  /** Without a point or an exponent it is whole. */
  private static Expression number(NumberLiteral literal) {
    boolean whole =
        literal.getValue().matches("\\d{1,15}|0[xX][0-9a-fA-F]{1,12}")
            && literal.getNumber() == Math.rint(literal.getNumber());
    return whole ? Types.whole((long) literal.getNumber()) : Types.number(literal.getNumber());
  }

  private static Expression word(AstNode node) throws ScriptMistake {
    return switch (node.getType()) {
      case Token.TRUE -> ScriptOperators.TRUE;
      case Token.FALSE -> ScriptOperators.FALSE;
      case Token.NULL -> ScriptOperators.NULL;
      default -> {
        if (name(node).equals("undefined")) {
          yield ScriptOperators.NULL;
        }
        throw new ScriptMistake(node, "There is nothing of this name; columns are row['name']");
      }
    };
  }
}
