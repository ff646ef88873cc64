package io.penstock.control.identity;

import io.penstock.control.catalog.Caller;
import io.penstock.control.catalog.Organization;
import io.penstock.control.job.Principal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Someone who can hold a token.
 *
 * @param name of a person the e-mail address
 * @param tokenGeneration tokens of earlier generations are revoked
 */
public record Account(
    UUID id,
    Organization organization,
    Kind kind,
    String name,
    long tokenGeneration,
    List<Role> roles,
    Instant createdAt) {
  public Account {
    roles = List.copyOf(roles);
  }

  /** Whether it is a person, who has a password, or a program, which has none. */
  public enum Kind {
    PERSON,
    SERVICE
  }

  public Caller caller() {
    return new Caller(organization, new Principal(id, name), new Granted(roles));
  }
}
