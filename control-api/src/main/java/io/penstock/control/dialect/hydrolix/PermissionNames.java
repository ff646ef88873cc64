package io.penstock.control.dialect.hydrolix;

import io.penstock.control.catalog.Permission;
import io.penstock.control.catalog.Permission.ScopeType;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The product's words for permissions and what they are limited to. */
final class PermissionNames {
  private PermissionNames() {}

  static String of(Permission permission) {
    return permission
        .name()
        .toLowerCase(Locale.ROOT)
        .replace("_job", "_batchjob")
        .replace("_connection", "_credential");
  }

  static Optional<Permission> permission(String name) {
    return Stream.of(Permission.values()).filter(p -> of(p).equals(name)).findFirst();
  }

  static String of(ScopeType type) {
    return switch (type) {
      case ORGANIZATION -> "org";
      case PROJECT -> "project";
      case TABLE -> "table";
    };
  }

  static Optional<ScopeType> scopeType(String name) {
    return Stream.of(ScopeType.values()).filter(t -> of(t).equals(name)).findFirst();
  }
}
