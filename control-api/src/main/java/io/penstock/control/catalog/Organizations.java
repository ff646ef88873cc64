package io.penstock.control.catalog;

import java.util.UUID;
import java.util.function.UnaryOperator;

/** The port to where organizations are kept. Thread-safe. */
public interface Organizations {
  /**
   * Replaces name, description, document and time of change, while nobody else changes them.
   *
   * @param change what it throws is thrown, and nothing is changed
   * @throws CatalogException.NotFound if there is no such organization
   * @throws CatalogException.NameTaken if its new name is taken
   */
  Organization change(UUID id, UnaryOperator<Organization> change);
}
