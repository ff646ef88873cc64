package io.penstock.control.export;

import java.time.Instant;
import java.util.UUID;

/**
 * A message that is to be delivered.
 *
 * @param body JSON, as it is signed and sent
 * @param tries that have been made
 */
public record AlertMessage(UUID id, UUID export, String body, Instant createdAt, int tries) {
  AlertMessage triedAgain() {
    return new AlertMessage(id, export, body, createdAt, tries + 1);
  }
}
