package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;

/** A request with mistakes; all of them. */
final class Refused extends RuntimeException {
  private final transient JsonNode body;

  Refused(Violations violations) {
    super("the request has mistakes");
    this.body = violations.toJson();
  }

  /** Of a name that the organization has already given. */
  static Refused taken(String name) {
    Violations violations = new Violations();
    violations.add("name", Names.taken(name, "org"));
    return new Refused(violations);
  }

  JsonNode body() {
    return body;
  }
}
