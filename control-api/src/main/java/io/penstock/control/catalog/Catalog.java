package io.penstock.control.catalog;

import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.job.TableRef;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The catalog's port to where it is kept. Thread-safe. */
public interface Catalog extends Callers {
  /** The holder of the key, who is a superuser; empty if there is no such key. */
  @Override
  Optional<Caller> caller(String apiKey);

  /**
   * Makes an organization and a key for it, if there is no organization at all yet.
   *
   * @return whether it did
   */
  boolean bootstrap(String organization, String apiKey);

  /**
   * Runs work of which all changes are kept, or none if it throws. Only one at a time runs for an
   * organization: what the work reads stays true until it is done.
   */
  <T> T changing(UUID organization, Supplier<T> work);

  /**
   * @throws CatalogException.NameTaken if the parent has one of this kind and name
   * @throws CatalogException.IdTaken if the id is in use
   */
  void insert(CatalogObject object);

  Optional<CatalogObject> find(UUID organization, Kind kind, UUID id);

  /** A table of any organization, as it and its project are called now. */
  Optional<TableRef> table(UUID id);

  /** The tables of all organizations, oldest first. */
  List<CatalogObject> tables();

  /** By name, exactly. */
  Optional<CatalogObject> named(UUID organization, Kind kind, UUID parent, String name);

  /** Oldest first. */
  List<CatalogObject> list(UUID organization, Kind kind, UUID parent);

  /**
   * @throws CatalogException.NameTaken if its new name is taken
   */
  void update(CatalogObject object);

  /** With everything below it. */
  void delete(UUID organization, UUID id);
}
