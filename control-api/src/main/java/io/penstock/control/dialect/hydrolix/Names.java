package io.penstock.control.dialect.hydrolix;

/** The rule for names of what an organization has. */
final class Names {
  private static final int MAX_LENGTH = 64;

  private Names() {}

  /** The field {@code name}, whose mistakes are noted. */
  static String read(Body body) {
    String name = body.requiredText("name", MAX_LENGTH);
    boolean odd =
        name.isBlank()
            || !name.equals(name.strip())
            || name.contains(".")
            || name.contains("/")
            || name.chars().anyMatch(Character::isISOControl);
    if (body.has("name") && odd) {
      body.wrong(
          "name",
          "A name has no dots, slashes or control characters, nor white space at its ends.");
    }
    return name;
  }

  /**
   * @param parent {@code org}, {@code project} or {@code table}
   */
  static Refused taken(String name, String parent) {
    Violations violations = new Violations();
    violations.add(
        "name",
        "The name (%s) already exists on the specified %s in the url".formatted(name, parent));
    return new Refused(violations);
  }
}
