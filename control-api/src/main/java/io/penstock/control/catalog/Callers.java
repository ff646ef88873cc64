package io.penstock.control.catalog;

import java.util.Optional;

/** Finds out who asks. Thread-safe. */
public interface Callers {
  /** Who holds the key or token; empty if it is neither, or no longer valid. */
  Optional<Caller> caller(String credential);
}
