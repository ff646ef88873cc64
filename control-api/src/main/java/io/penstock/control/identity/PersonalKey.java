package io.penstock.control.identity;

import io.penstock.control.catalog.Organization;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What a key of a person is for.
 *
 * @param organization the person's
 * @param accountNumber the person, for APIs that use integers
 * @param scopes such as {@code batch_export:read}, or {@code *}
 * @param projects that it is limited to, by number; empty for no limit
 * @param organizations that it is limited to; empty for no limit
 */
public record PersonalKey(
    UUID id,
    Organization organization,
    UUID account,
    long accountNumber,
    String email,
    String label,
    Set<String> scopes,
    List<Integer> projects,
    List<UUID> organizations,
    Instant createdAt) {
  public PersonalKey {
    scopes = Set.copyOf(scopes);
    projects = List.copyOf(projects);
    organizations = List.copyOf(organizations);
  }
}
