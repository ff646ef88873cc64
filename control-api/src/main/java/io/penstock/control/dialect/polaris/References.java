package io.penstock.control.dialect.polaris;

import io.penstock.control.catalog.CatalogObject;
import io.penstock.spec.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a job can refer to. */
interface References {
  Optional<Connection> connection(String name);

  /** All names. */
  List<String> connections();

  /** Of the project. */
  Optional<CatalogObject> table(String name);

  /** What the table has columns for already. */
  Map<String, ColumnType> columns(CatalogObject table);
}
