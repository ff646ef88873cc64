package io.penstock.control.catalog;

import java.util.Set;
import java.util.UUID;

/** What a caller may do in the organization. Rights are only ever added. Immutable. */
public interface Permissions {
  /** Of a superuser. */
  Permissions ALL =
      new Permissions() {
        @Override
        public boolean superuser() {
          return true;
        }

        @Override
        public boolean allow(Permission permission, Set<UUID> scopes) {
          return true;
        }

        @Override
        public boolean anywhere(Permission permission) {
          return true;
        }
      };

  /** Of somebody who may do nothing here. */
  Permissions NONE =
      new Permissions() {
        @Override
        public boolean superuser() {
          return false;
        }

        @Override
        public boolean allow(Permission permission, Set<UUID> scopes) {
          return false;
        }

        @Override
        public boolean anywhere(Permission permission) {
          return false;
        }
      };

  /** Whether everything is allowed, also what no permission is for. */
  boolean superuser();

  /**
   * @param scopes the object, and everything above it: a right on one of them is one on the object
   */
  boolean allow(Permission permission, Set<UUID> scopes);

  /** Whether it is allowed on anything at all. */
  boolean anywhere(Permission permission);
}
