package io.penstock.control.dialect.posthog;

import java.util.Set;

/** What a key is for. */
enum Scope {
  EXPORT_READ("batch_export:read", "batch_export:write"),
  EXPORT_WRITE("batch_export:write", "batch_export:write"),
  INTEGRATION_READ("integration:read", "integration:write"),
  INTEGRATION_WRITE("integration:write", "integration:write");

  private final String wireName;
  private final String includedIn;

  Scope(String wireName, String includedIn) {
    this.wireName = wireName;
    this.includedIn = includedIn;
  }

  String wireName() {
    return wireName;
  }

  boolean isIn(Set<String> scopes) {
    return scopes.contains("*") || scopes.contains(wireName) || scopes.contains(includedIn);
  }
}
