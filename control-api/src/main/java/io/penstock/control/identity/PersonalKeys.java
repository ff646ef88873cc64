package io.penstock.control.identity;

import io.penstock.control.catalog.Callers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The port to where personal keys are kept. Their holders have no permissions: what a key is for is
 * said by its scopes, to the dialect that knows these. Thread-safe.
 */
public interface PersonalKeys extends Callers {
  /** Keys begin with it. */
  String PREFIX = "phx_";

  /** By the id of its holder. */
  Optional<PersonalKey> find(UUID id);

  /**
   * @param value the key itself
   */
  UUID insert(
      UUID account,
      String label,
      String value,
      Set<String> scopes,
      List<Integer> projects,
      List<UUID> organizations);

  /**
   * Makes a key of everything for the first person of the oldest organization, if there is no
   * personal key at all yet.
   *
   * @return whether it did
   */
  boolean bootstrap(String value);

  /** Oldest first. */
  List<PersonalKey> list(UUID account);

  /** Whether the person had it. */
  boolean delete(UUID account, UUID id);
}
