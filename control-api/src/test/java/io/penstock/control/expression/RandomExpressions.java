package io.penstock.control.expression;

import java.util.Random;

/**
 * Expressions over the fields of {@link Evaluated} that this engine and DuckDB define alike. Left
 * out, because they are not alike: division of whole numbers and by zero (an error, or another
 * type, there), overflow (an error there), ROUND at halves of binary fractions, casts of fractions
 * to whole numbers (rounded there), text of doubles (another notation there), SUBSTRING past the
 * end ('' there), REPEAT below 1 ('' there), LPAD with empty padding, LEFT and RIGHT of negative
 * counts, UPPER of ß, STRPOS in UTF-16 units, comparisons of NaN, GREATEST of text and numbers.
 */
final class RandomExpressions {
  private static final String[] TEXTS = {"''", "'a'", "'Oslo'", "'b%'", "'äö'", "'  x '", "NULL"};
  private static final String[] WHOLES = {"0", "1", "-1", "7", "100", "NULL"};
  private static final String[] DOUBLES = {"0.5", "-2.25", "4.0", "1024.125", "NULL"};
  private static final String[] PATTERNS = {"'%'", "'O%'", "'_s%'", "'%a%'", "''", "'%l_'"};

  private final Random random;

  RandomExpressions(long seed) {
    this.random = new Random(seed);
  }

  private String one(String... of) {
    return of[random.nextInt(of.length)];
  }

  String whole(int depth) {
    if (depth == 0) {
      return random.nextBoolean() ? one("\"n\"", "\"m\"", "\"nn\"") : cast(one(WHOLES), "BIGINT");
    }
    int next = depth - 1;
    return switch (random.nextInt(9)) {
      case 0 -> "(" + whole(next) + one(" + ", " - ") + whole(next) + ")";
      case 1 -> "(" + whole(0) + " * " + whole(0) + ")";
      case 2 -> "MOD(" + whole(next) + ", " + one("3", "7", "-4") + ")";
      case 3 -> "ABS(" + whole(next) + ")";
      case 4 -> "LENGTH(" + text(next) + ")";
      case 5 ->
          "CASE WHEN " + condition(next) + " THEN " + whole(next) + " ELSE " + whole(next) + " END";
      case 6 -> "COALESCE(" + whole(next) + ", " + whole(next) + ")";
      case 7 -> "NULLIF(" + whole(next) + ", " + whole(0) + ")";
      default -> one("GREATEST", "LEAST") + "(" + whole(next) + ", " + whole(next) + ")";
    };
  }

  private static String cast(String literal, String type) {
    return literal.equals("NULL") ? "CAST(NULL AS " + type + ")" : literal;
  }

  String floating(int depth) {
    if (depth == 0) {
      return random.nextBoolean() ? "\"d\"" : "CAST(" + one(DOUBLES) + " AS DOUBLE)";
    }
    int next = depth - 1;
    return switch (random.nextInt(6)) {
      case 0 -> "(" + floating(next) + one(" + ", " - ", " * ") + floating(next) + ")";
      case 1 -> "ABS(" + floating(next) + ")";
      case 2 -> one("FLOOR", "CEIL") + "(" + floating(next) + ")";
      case 3 -> "CAST(" + whole(next) + " AS DOUBLE)";
      case 4 -> "COALESCE(" + floating(next) + ", " + floating(next) + ")";
      default -> "SQRT(ABS(" + floating(next) + "))";
    };
  }

  String text(int depth) {
    if (depth == 0) {
      return random.nextBoolean() ? one("\"s\"", "\"t\"") : cast(one(TEXTS), "VARCHAR");
    }
    int next = depth - 1;
    return switch (random.nextInt(10)) {
      case 0 -> "(" + text(next) + " || " + text(next) + ")";
      case 1 -> one("UPPER", "LOWER", "REVERSE") + "(" + text(next) + ")";
      case 2 -> "TRIM(" + text(next) + ")";
      case 3 -> "REPLACE(" + text(next) + ", 'a', 'xy')";
      case 4 -> one("LEFT", "RIGHT") + "(" + text(next) + ", " + one("0", "1", "3", "50") + ")";
      case 5 -> one("LPAD", "RPAD") + "(" + text(next) + ", " + one("2", "6") + ", '*-')";
      case 6 -> "CAST(" + whole(next) + " AS VARCHAR)";
      case 7 -> "COALESCE(" + text(next) + ", " + text(next) + ")";
      case 8 -> "CASE WHEN " + condition(next) + " THEN " + text(next) + " END";
      default -> "REPEAT(" + text(0) + ", " + one("1", "2", "3") + ")";
    };
  }

  String condition(int depth) {
    if (depth == 0) {
      return "(" + whole(0) + one(" = ", " <> ", " < ", " >= ") + whole(0) + ")";
    }
    int next = depth - 1;
    return switch (random.nextInt(9)) {
      case 0 -> "(" + condition(next) + one(" AND ", " OR ") + condition(next) + ")";
      case 1 -> "(NOT " + condition(next) + ")";
      case 2 -> "(" + text(next) + one(" = ", " < ", " <> ") + text(next) + ")";
      case 3 -> "(" + floating(next) + one(" < ", " >= ", " = ") + floating(next) + ")";
      case 4 -> "(" + text(next) + one(" LIKE ", " NOT LIKE ") + one(PATTERNS) + ")";
      case 5 -> "(" + whole(next) + one(" IN ", " NOT IN ") + "(1, 7, -3))";
      case 6 -> "(" + whole(next) + " BETWEEN -5 AND " + whole(0) + ")";
      case 7 -> "(" + text(next) + one(" IS NULL", " IS NOT NULL") + ")";
      default ->
          "("
              + whole(next)
              + one(" IS DISTINCT FROM ", " IS NOT DISTINCT FROM ")
              + whole(next)
              + ")";
    };
  }
}
