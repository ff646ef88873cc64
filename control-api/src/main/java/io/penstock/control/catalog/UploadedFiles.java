package io.penstock.control.catalog;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is known of uploaded files. Thread-safe. */
public interface UploadedFiles {
  /**
   * @throws CatalogException.NameTaken if the project has a file of the name
   */
  void insert(UploadedFile file);

  Optional<UploadedFile> named(UUID project, String name);

  /** In the order of their names. */
  List<UploadedFile> list(UUID project);

  void delete(UUID id);
}
