package io.penstock.control.dialect.hydrolix;

/** What names may be. */
final class Names {
  private static final int MAX_LENGTH = 64;

  private Names() {}

  /** The field {@code name}, whose mistakes are noted. */
  static String read(Body body, Violations violations) {
    String name = body.requiredText("name", MAX_LENGTH);
    if (body.has("name")) {
      check(name, violations);
    }
    return name;
  }

  /** Notes under {@code name} what is wrong with a name that was given. */
  static void check(String name, Violations violations) {
    boolean odd =
        name.isEmpty()
            || !name.equals(name.strip())
            || name.contains(".")
            || name.contains("/")
            || name.chars().anyMatch(Character::isISOControl);
    if (odd) {
      violations.add(
          "name",
          "A name is not empty and has no dots, slashes or control characters, nor white space at"
              + " its ends.");
    }
  }

  /**
   * @param parent {@code org}, {@code project} or {@code table}
   */
  static String taken(String name, String parent) {
    return "The name (%s) already exists on the specified %s in the url".formatted(name, parent);
  }
}
