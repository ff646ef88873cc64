package io.penstock.job.expression;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.RegularExpression;
import io.penstock.spec.expression.ScalarFunction;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/** Functions of regular expressions, which match anywhere in a text. */
final class Regexes {
  private Regexes() {}

  /** What is made of a text; null for null. */
  private interface Use {
    void apply(Matcher matcher, RowTarget target);
  }

  /** Takes the value of the row in hand, perhaps none. */
  private interface RowTarget {
    void take(Optional<String> text, boolean found);
  }

  static RowFunction of(ScalarFunction function, List<Expression> arguments) {
    Optional<String> written = constant(arguments, 1);
    if (written.isEmpty()) {
      return (a, row, result, losses) -> result.setNull(row);
    }
    RegularExpression expression = new RegularExpression(written.get());
    return switch (function) {
      case REGEXP_LIKE ->
          row(expression, (matcher, target) -> target.take(Optional.empty(), matcher.find()), true);
      case REGEXP_EXTRACT -> {
        int group = arguments.size() > 2 ? Integer.parseInt(constant(arguments, 2).orElse("0")) : 0;
        yield row(
            expression,
            (matcher, target) -> {
              boolean found = matcher.find();
              target.take(
                  found ? Optional.ofNullable(matcher.group(group)) : Optional.empty(), found);
            },
            false);
      }
      case REGEXP_REPLACE -> {
        String replacement = constant(arguments, 2).orElse("");
        yield row(
            expression,
            (matcher, target) -> target.take(Optional.of(matcher.replaceAll(replacement)), true),
            false);
      }
      default -> throw new IllegalArgumentException("not of regular expressions: " + function);
    };
  }

  private static Optional<String> constant(List<Expression> arguments, int index) {
    return ((Expression.Constant) arguments.get(index)).value();
  }

  private static RowFunction row(RegularExpression expression, Use use, boolean asks) {
    return (a, row, result, losses) -> {
      try {
        use.apply(
            expression.matcher(Values.text(a[0], row)),
            (text, found) -> {
              if (asks) {
                Values.set(result, row, found);
              } else {
                text.ifPresent(value -> Values.set(result, row, value));
              }
            });
      } catch (RegularExpression.TooCostly e) {
        losses.add(row, Loss.ERROR, e.getMessage());
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        losses.add(row, Loss.ERROR, "a replacement names a group that is not there");
      } catch (StackOverflowError e) {
        losses.add(row, Loss.ERROR, "a regular expression recurs too deeply");
      }
    };
  }
}
