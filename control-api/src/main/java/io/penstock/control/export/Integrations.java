package io.penstock.control.export;

import io.penstock.control.catalog.CatalogException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The port to where integrations are kept. Thread-safe. */
public interface Integrations {
  /**
   * @return it with its number
   * @throws CatalogException.NameTaken if the project has one of this name
   */
  Integration insert(Integration integration);

  Optional<Integration> find(UUID project, int number);

  /** Oldest first. */
  List<Integration> list(UUID project);

  void delete(int number);
}
