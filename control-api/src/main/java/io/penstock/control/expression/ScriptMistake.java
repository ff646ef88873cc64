package io.penstock.control.expression;

import org.mozilla.javascript.ast.AstNode;

/** A part of a script that cannot be computed, and why. */
final class ScriptMistake extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 60;

  ScriptMistake(AstNode at, String why) {
    super(shown(at) + ": " + why);
  }

  private static String shown(AstNode at) {
    String source = at.toSource().strip();
    return source.length() <= SHOWN ? source : source.substring(0, SHOWN) + "…";
  }
}
