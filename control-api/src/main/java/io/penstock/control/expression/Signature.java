package io.penstock.control.expression;

import io.penstock.spec.expression.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A function as a dialect names it.
 *
 * @param required how many of the parameters must be given
 * @param variadic whether the last parameter may be given any number of times more
 */
record Signature(
    String name,
    ScalarFunction function,
    List<ParameterKind> parameters,
    int required,
    boolean variadic,
    ResultKind result) {

  /**
   * Reads one as {@code NAME(kind, kind?, kind*) result}: optional with a question mark, any number
   * more with an asterisk.
   */
  static Signature of(ScalarFunction function, String written) {
    int open = written.indexOf('(');
    int close = written.indexOf(')');
    List<ParameterKind> parameters = new ArrayList<>();
    int required = 0;
    boolean variadic = false;
    for (String part : written.substring(open + 1, close).split(",", -1)) {
      String kind = part.strip();
      if (kind.isEmpty()) {
        continue;
      }
      boolean optional = kind.endsWith("?");
      variadic |= kind.endsWith("*");
      required += optional ? 0 : 1;
      String bare = kind.replaceAll("[?*]", "");
      parameters.add(ParameterKind.valueOf(bare.toUpperCase(Locale.ROOT)));
    }
    return new Signature(
        written.substring(0, open),
        function,
        List.copyOf(parameters),
        required,
        variadic,
        ResultKind.valueOf(written.substring(close + 1).strip().toUpperCase(Locale.ROOT)));
  }

  /** As {@link #of}, for a function of the same name. */
  static Signature of(String written) {
    return of(ScalarFunction.valueOf(written.substring(0, written.indexOf('('))), written);
  }

  boolean takes(int arguments) {
    return arguments >= required && (variadic || arguments <= parameters.size());
  }

  ParameterKind parameter(int index) {
    return parameters.get(Math.min(index, parameters.size() - 1));
  }

  /** How many arguments it takes, in words. */
  String counts() {
    if (variadic) {
      return "at least " + required;
    }
    return required == parameters.size()
        ? Integer.toString(required)
        : required + " to " + parameters.size();
  }
}
