package io.penstock.control.dialect.posthog;

import io.penstock.control.catalog.Caller;
import io.penstock.control.identity.PersonalKey;
import io.penstock.control.identity.PersonalKeys;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What the caller's key is for. Keys of other kinds are for everything if their holder is a
 * superuser, and for nothing otherwise.
 *
 * @param projects that it is limited to; empty for no limit
 * @param organizations that it is limited to; empty for no limit
 */
record Access(Caller caller, Set<String> scopes, List<Integer> projects, List<UUID> organizations) {

  static Access of(Caller caller, PersonalKeys keys) {
    return keys.find(caller.principal().id())
        .map(key -> of(caller, key))
        .orElseGet(
            () ->
                new Access(
                    caller,
                    caller.permissions().superuser() ? Set.of("*") : Set.of(),
                    List.of(),
                    List.of()));
  }

  private static Access of(Caller caller, PersonalKey key) {
    return new Access(caller, key.scopes(), key.projects(), key.organizations());
  }

  /**
   * @throws PosthogError 403 without it
   */
  void require(Scope scope) {
    if (!scope.isIn(scopes)) {
      throw PosthogError.denied("API key missing required scope '" + scope.wireName() + "'");
    }
  }

  void requireProject(int number) {
    if (!mayProject(number)) {
      throw PosthogError.denied(
          "API key does not have access to the requested project: ID " + number + ".");
    }
  }

  boolean mayProject(int number) {
    return projects.isEmpty() || projects.contains(number);
  }

  void requireOrganization(UUID organization) {
    if (!organizations.isEmpty() && !organizations.contains(organization)) {
      throw PosthogError.denied(
          "API key does not have access to the requested organization: ID " + organization + ".");
    }
  }
}
