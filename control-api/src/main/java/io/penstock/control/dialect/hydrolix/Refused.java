package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;

/** A request with mistakes; all of them. */
final class Refused extends RuntimeException {
  private final transient JsonNode body;

  Refused(Violations violations) {
    super("the request has mistakes");
    this.body = violations.toJson();
  }

  JsonNode body() {
    return body;
  }
}
