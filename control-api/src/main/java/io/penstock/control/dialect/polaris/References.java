package io.penstock.control.dialect.polaris;

import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.UploadedFile;
import io.penstock.spec.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a job can refer to. */
interface References {
  Optional<Connection> connection(String name);

  /** All names. */
  List<String> connections();

  Optional<UploadedFile> file(String name);

  /** Names of all files of the project. */
  List<String> files();

  /** Where a file is in {@link #ownBucket()}. */
  String key(UploadedFile file);

  /** Where the data that a request brings along will be in {@link #ownBucket()}. */
  String inlineKey();

  /** Where what callers send themselves is kept. */
  String ownBucket();

  /** Of the project. */
  Optional<CatalogObject> table(String name);

  /** What the table has columns for already. */
  Map<String, ColumnType> columns(CatalogObject table);
}
