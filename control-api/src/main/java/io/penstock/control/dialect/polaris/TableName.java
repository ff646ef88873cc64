package io.penstock.control.dialect.polaris;

/** What tables may be called. */
final class TableName {
  private static final int MAX_LENGTH = 255;

  private TableName() {}

  static void check(Fields fields, String field, String name) {
    if (name.isEmpty()
        || name.length() > MAX_LENGTH
        || !name.equals(name.strip())
        || name.startsWith(".")
        || name.contains("/")
        || name.chars().anyMatch(Character::isISOControl)) {
      fields.bad(
          field,
          field
              + " must have 1 to 255 characters, no blanks at its ends, no /, no control characters"
              + " and no . at its beginning.");
    }
  }
}
